//! Reading what members fill in: all faults at once, before anything is touched.

use wire::auth::{LoginRequest, SignUpRequest};
use wire::user::ProfileChange;

use super::fields::{
    Fault, Faults, InviteCode, Nickname, Password, PhoneNumber, ShownPassword, SiteId,
};
use super::person::Person;
use super::store::users::Names;
use crate::Result;

/// A sign-up whose fields are good.
pub(super) struct Application {
    pub(super) site_id: SiteId,
    pub(super) nickname: Nickname,
    pub(super) phone_number: PhoneNumber,
    pub(super) password: Password,
    pub(super) invite_code: InviteCode,
}

impl Application {
    /// What is filled in; who it is for decides which passwords are good.
    pub(super) fn read(
        request: &SignUpRequest,
        password: fn(&str) -> Result<Password, Fault>,
    ) -> Result<Self> {
        let mut faults = Faults::default();
        let site_id = faults.keep("site_id", SiteId::parse(&request.site_id));
        let nickname = faults.keep("nickname", Nickname::parse(&request.nickname));
        let phone_number = faults.keep("phone_number", PhoneNumber::parse(&request.phone_number));
        let password = faults.keep("password", password(&request.password));
        let invite_code = faults.keep("invite_code", InviteCode::parse(&request.invite_code));
        match (site_id, nickname, phone_number, password, invite_code) {
            (
                Some(site_id),
                Some(nickname),
                Some(phone_number),
                Some(password),
                Some(invite_code),
            ) => Ok(Self {
                site_id,
                nickname,
                phone_number,
                password,
                invite_code,
            }),
            _ => Err(faults.into_error()),
        }
    }

    pub(super) fn names(&self) -> Names<'_> {
        Names {
            site_id_key: &self.site_id.key,
            nickname_key: &self.nickname.key,
            phone_number: &self.phone_number.0,
        }
    }
}

/// A site id and a password that may be someone's.
pub(super) struct Credentials {
    pub(super) site_id_key: String,
    pub(super) password: ShownPassword,
}

impl Credentials {
    pub(super) fn read(request: &LoginRequest) -> Result<Self> {
        let mut faults = Faults::default();
        let site_id_key = faults.keep("site_id", SiteId::claimed(&request.site_id));
        let password = faults.keep("password", ShownPassword::parse(&request.password));
        match (site_id_key, password) {
            (Some(site_id_key), Some(password)) => Ok(Self {
                site_id_key,
                password,
            }),
            _ => Err(faults.into_error()),
        }
    }
}

/// A change whose fields are good.
pub(super) struct Change {
    pub(super) nickname: Option<Nickname>,
    /// Another one than the member has.
    pub(super) phone_number: Option<PhoneNumber>,
    pub(super) password: Option<Password>,
    /// The password in force, wherever phone number or password change.
    pub(super) current: Option<ShownPassword>,
}

impl Change {
    /// What is asked of the member as they are.
    pub(super) fn read(request: &ProfileChange, person: &Person) -> Result<Self> {
        let mut faults = Faults::default();
        let nickname = request.nickname.as_deref();
        let nickname = nickname.and_then(|text| faults.keep("nickname", Nickname::parse(text)));
        let phone_number = request.phone_number.as_deref().map(PhoneNumber::parse);
        let is_kept = |new: &PhoneNumber| new.0 == person.phone_number;
        let phone_number = phone_number.filter(|new| !new.as_ref().is_ok_and(is_kept));
        let is_guarded = phone_number.is_some() || request.password.is_some();
        let phone_number = phone_number.and_then(|new| faults.keep("phone_number", new));
        let password = request.password.as_deref();
        let password = password.and_then(|text| faults.keep("password", Password::parse(text)));
        let current = is_guarded.then(|| {
            let current = request.current_password.as_deref().unwrap_or_default();
            faults.keep("current_password", ShownPassword::parse(current))
        });
        if faults.is_empty() {
            Ok(Self {
                nickname,
                phone_number,
                password,
                current: current.flatten(),
            })
        } else {
            Err(faults.into_error())
        }
    }
}
