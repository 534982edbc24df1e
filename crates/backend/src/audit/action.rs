//! What staff can do, and what each of it needs.

use wire::staff::Permission;

/// What whoever does it is asked for beside their roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// That they showed who they are within the ten minutes before.
    Confirmation,
}

macro_rules! actions {
    (
        of staff {
            $($(#[$doc:meta])* $name:ident = $word:literal, $permission:ident $(, $asks:ident)?;)*
        }
        of anybody {
            $($(#[$own_doc:meta])* $own:ident = $own_word:literal;)*
        }
    ) => {
        /// What somebody who runs the club does. The one table of what a call needs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $name,)*
            $($(#[$own_doc])* $own,)*
        }

        impl Action {
            /// The word in the log.
            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                    $(Self::$own => $own_word,)*
                }
            }

            /// The one of that word.
            pub(crate) fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$name),)*
                    $($own_word => Some(Self::$own),)*
                    _ => None,
                }
            }

            /// What whoever does it must have.
            pub(crate) const fn permission(self) -> Option<Permission> {
                match self {
                    $(Self::$name => Some(Permission::$permission),)*
                    $(Self::$own => None,)*
                }
            }

            const fn asks(self) -> Asks {
                match self {
                    $(Self::$name => [$(Asks::$asks,)? Asks::Nothing][0],)*
                    $(Self::$own => Asks::Nothing,)*
                }
            }
        }
    };
}

// What moves money, rights or more than one member asks for a confirmation. What only stops something does
// not: an emergency is no time for it.
actions! {
    of staff {
        /// Makes or changes a product.
        UpsertProduct = "products/upsert", Catalogue, Confirmation;
        /// Takes a product out of the shop.
        DisableProduct = "products/disable", Catalogue;
        /// Makes or changes a discount.
        UpsertDiscount = "discounts/upsert", Catalogue, Confirmation;
        /// Ends a discount.
        DisableDiscount = "discounts/disable", Catalogue;
        /// Makes or changes a limited package.
        UpsertPackage = "limited-packages/upsert", Catalogue, Confirmation;
        /// Stops a limited package.
        DisablePackage = "limited-packages/disable", Catalogue;
        /// Makes or changes a promo code.
        UpsertPromo = "promo-codes/upsert", Catalogue, Confirmation;
        /// Undoes a purchase.
        Refund = "transactions/refund", Purchases, Confirmation;
        /// Ends a pending payment.
        ForceSettle = "transactions/force-settle", Purchases, Confirmation;
        /// Makes an invite code.
        GenerateInvite = "invites/generate", Invites;
        /// Switches off an invite code.
        DeactivateInvite = "invites/deactivate", Invites;
        /// Gives a member tokens.
        AddTokens = "users/tokens/add", Tokens, Confirmation;
        /// Takes tokens of a member's.
        DeductTokens = "users/tokens/deduct", Tokens, Confirmation;
        /// Changes a member's nickname, phone number or rank.
        Edit = "users/edit", Members, Confirmation;
        /// Notes something of a member.
        Note = "users/note", Members;
        /// Ends the lock of a member's site id.
        Unlock = "users/unlock", Members;
        /// Ends all sign-ins of a member's.
        EndSessions = "users/sessions/end", Members;
        /// Gives a member a rank.
        Rank = "users/rank", Members, Confirmation;
        /// Bans a member.
        Ban = "users/ban", Members, Confirmation;
        /// Lets a member in again.
        Unban = "users/unban", Members, Confirmation;
        /// Looks at a member's whole phone number.
        ShowPhone = "users/phone", Members;
        /// Listens to a member's live channel.
        Listen = "users/listen", MembersRead;
        /// Takes a member's second factor away.
        ResetFactor = "users/totp/reset", Staff, Confirmation;
        /// Gives and takes roles.
        Roles = "staff/roles", Staff, Confirmation;
        /// Gives many members tokens.
        GrantBulk = "rewards/grant-bulk", Tokens, Confirmation;
        /// Grants what somebody else asked for.
        Approve = "approvals/approve", Approvals, Confirmation;
        /// Refuses what somebody else asked for.
        RefuseApproval = "approvals/refuse", Approvals;
        /// Takes back what they asked for.
        CancelApproval = "approvals/cancel", Approvals;
    }
    of anybody {
        /// Signs in at the door of staff.
        SignIn = "staff/sign-in";
        /// Begins to set up their own second factor.
        SetUpFactor = "staff/totp/setup";
        /// Confirms their own second factor.
        ConfirmFactor = "staff/totp/confirm";
        /// Gives up their own second factor.
        DisableFactor = "staff/totp/disable";
        /// Gets recovery codes anew.
        RenewCodes = "staff/totp/recovery-codes";
        /// Shows once more who they are.
        Confirm = "staff/confirm";
        /// Ends what nobody decided in time.
        ExpireApproval = "approvals/expire";
        /// A call that came to no service, as one that could not be read.
        Unreadable = "unreadable";
    }
}

impl Action {
    /// Whether it needs that whoever does it showed of late who they are.
    #[must_use]
    pub const fn needs_confirmation(self) -> bool {
        matches!(self.asks(), Asks::Confirmation)
    }

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
                | Self::ResetFactor
                | Self::Roles
                | Self::GrantBulk
                | Self::RefuseApproval
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

    /// Whether nobody does it to their own account, but an owner who is alone.
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

    /// Whether nobody does it to their own account, also who is alone: whoever has an owner's session would
    /// guess at their codes without end, or need none. A lock ends by itself, and the machine resets a factor.
    pub(super) const fn is_never_ones_own(self) -> bool {
        matches!(self, Self::Unlock | Self::ResetFactor)
    }
}
