//! What lists, objects and variants hold. Each part that cannot be read is told with its place.

use std::vec::IntoIter;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::fault::Fault;
use super::tree::Tree;

/// The items of a list.
pub(super) struct Items {
    rest: IntoIter<Tree>,
    at: usize,
}

impl Items {
    pub(super) fn of(items: Vec<Tree>) -> Self {
        Self {
            rest: items.into_iter(),
            at: 0,
        }
    }

    /// Reads all of them: one that is left over was meant by nobody.
    pub(super) fn read<'de, V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, Fault> {
        let read = visitor.visit_seq(&mut self)?;
        match self.rest.len() {
            0 => Ok(read),
            left => Err(Fault::invalid_length(self.at + left, &"a shorter list")),
        }
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        let at = self.at;
        self.at += 1;
        let read = seed.deserialize(item);
        read.map(Some)
            .map_err(|fault| fault.under(&format!("[{at}]")))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The fields of an object.
pub(super) struct Fields {
    rest: IntoIter<(String, Tree)>,
    /// That whose name was read.
    named: Option<(String, Tree)>,
}

impl Fields {
    pub(super) fn of(fields: Vec<(String, Tree)>) -> Self {
        Self {
            rest: fields.into_iter(),
            named: None,
        }
    }
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.named = self.rest.next();
        let Some((name, _)) = &self.named else {
            return Ok(None);
        };
        let key = seed.deserialize(StrDeserializer::<Fault>::new(name));
        key.map(Some).map_err(|fault| fault.under(name))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((name, value)) = self.named.take() else {
            return Err(Fault::custom("a value is read before its name"));
        };
        seed.deserialize(value).map_err(|fault| fault.under(&name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// A variant that holds something: `{"name": value}`.
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) value: Tree,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Fault> {
        let named = seed.deserialize(StrDeserializer::<Fault>::new(&self.name))?;
        Ok((named, self))
    }
}

impl<'de> VariantAccess<'de> for Variant {
    type Error = Fault;

    /// One that holds nothing is a word.
    fn unit_variant(self) -> Result<(), Fault> {
        Err(Fault::invalid_type(Unexpected::Map, &"a word"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        let read = seed.deserialize(self.value);
        read.map_err(|fault| fault.under(&self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        let read = self.value.deserialize_tuple(len, visitor);
        read.map_err(|fault| fault.under(&self.name))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let read = self.value.deserialize_struct("", fields, visitor);
        read.map_err(|fault| fault.under(&self.name))
    }
}
