//! The key that receipts are signed with: made once, kept with the club's values.

use ed25519_dalek::{Signer, SigningKey};
use wire::shop::{Receipt, ReceiptKey};

use super::store;
use crate::db::ScopedFutureExt;
use crate::{Core, Error, Result};

/// How much of the public key names it.
const ID_CHARS: usize = 16;

/// Signs receipts.
#[derive(Clone, Debug)]
pub(super) struct ReceiptSigner {
    key: SigningKey,
    public: ReceiptKey,
}

impl ReceiptSigner {
    /// The club's, which is made when there is none.
    pub(super) async fn open(core: &Core) -> Result<Self> {
        if let Some(secret) = store::keys::find(&mut *core.db.read().await?).await? {
            return Self::of(&secret);
        }
        let mut random = [0; 32];
        core.entropy.fill(&mut random);
        let fresh = &hex::encode(random);
        let keep = core
            .db
            .write(|tx| async move { store::keys::keep(tx, fresh).await }.scope_boxed());
        Self::of(&keep.await?)
    }

    fn of(secret: &str) -> Result<Self> {
        let corrupt = || Error::Corrupt("club_values.value of receipt_key".to_owned());
        let bytes = hex::decode(secret).map_err(|_| corrupt())?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| corrupt())?;
        let key = SigningKey::from_bytes(&bytes);
        let public_key = hex::encode(key.verifying_key().to_bytes());
        Ok(Self {
            public: ReceiptKey {
                key_id: public_key.chars().take(ID_CHARS).collect(),
                public_key,
                algorithm: "ed25519".to_owned(),
            },
            key,
        })
    }

    /// What receipts are checked with.
    pub(super) const fn public(&self) -> &ReceiptKey {
        &self.public
    }

    /// The signature of a receipt, as bytes.
    pub(super) fn sign(&self, receipt: &Receipt) -> Vec<u8> {
        let statement = receipt.statement();
        self.key
            .sign(statement.as_str().as_bytes())
            .to_bytes()
            .into()
    }
}
