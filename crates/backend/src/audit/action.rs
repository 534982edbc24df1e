//! What staff can do, and what each of it needs.

use wire::staff::Permission;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $permission:ident;)*) => {
        /// What somebody who runs the club does. The one table of what a call needs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Action {
            $($(#[$doc])* $name,)*
            /// A call that could not be read.
            Unreadable,
        }

        impl Action {
            /// The word in the log.
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                    Self::Unreadable => "unreadable",
                }
            }

            /// What whoever does it must have.
            pub(super) const fn permission(self) -> Option<Permission> {
                match self {
                    $(Self::$name => Some(Permission::$permission),)*
                    Self::Unreadable => None,
                }
            }
        }
    };
}

actions! {
    /// Makes or changes a product.
    UpsertProduct = "products/upsert", Catalogue;
    /// Takes a product out of the shop.
    DisableProduct = "products/disable", Catalogue;
    /// Makes or changes a discount.
    UpsertDiscount = "discounts/upsert", Catalogue;
    /// Ends a discount.
    DisableDiscount = "discounts/disable", Catalogue;
    /// Makes or changes a limited package.
    UpsertPackage = "limited-packages/upsert", Catalogue;
    /// Stops a limited package.
    DisablePackage = "limited-packages/disable", Catalogue;
    /// Makes or changes a promo code.
    UpsertPromo = "promo-codes/upsert", Catalogue;
    /// Undoes a purchase.
    Refund = "transactions/refund", Purchases;
    /// Ends a pending payment.
    ForceSettle = "transactions/force-settle", Purchases;
    /// Makes an invite code.
    GenerateInvite = "invites/generate", Invites;
    /// Switches off an invite code.
    DeactivateInvite = "invites/deactivate", Invites;
    /// Gives a member tokens.
    AddTokens = "users/tokens/add", Tokens;
    /// Takes tokens of a member's.
    DeductTokens = "users/tokens/deduct", Tokens;
    /// Changes a member's nickname, phone number or rank.
    Edit = "users/edit", Members;
    /// Notes something of a member.
    Note = "users/note", Members;
    /// Ends the lock of a member's site id.
    Unlock = "users/unlock", Members;
    /// Ends all sign-ins of a member's.
    EndSessions = "users/sessions/end", Members;
    /// Gives a member a rank.
    Rank = "users/rank", Members;
    /// Bans a member.
    Ban = "users/ban", Members;
    /// Lets a member in again.
    Unban = "users/unban", Members;
    /// Looks at a member's whole phone number.
    ShowPhone = "users/phone", Members;
    /// Listens to a member's live channel.
    Listen = "users/listen", MembersRead;
    /// Gives and takes roles.
    Roles = "staff/roles", Staff;
}

impl Action {
    /// Whether it needs a reason.
    pub(super) const fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::Refund
                | Self::ForceSettle
                | Self::DisablePackage
                | Self::AddTokens
                | Self::DeductTokens
                | Self::Ban
                | Self::Unban
                | Self::Roles
        )
    }

    /// Whether it changes who may act, so that whoever does it holds that.
    pub(super) const fn is_about_staff(self) -> bool {
        matches!(
            self,
            Self::Ban | Self::Unban | Self::Edit | Self::Rank | Self::Roles
        )
    }

    /// Whether it changes nothing.
    pub(super) const fn only_looks(self) -> bool {
        matches!(self, Self::Listen)
    }

    /// Whether nobody does it to their own account.
    pub(super) const fn is_for_others(self) -> bool {
        matches!(
            self,
            Self::Refund
                | Self::AddTokens
                | Self::DeductTokens
                | Self::Edit
                | Self::Rank
                | Self::Roles
        )
    }
}
