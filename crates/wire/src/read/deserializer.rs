//! A tree, read as what serde expects, each shape for what it is.

use serde::de::value::StringDeserializer;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::forward_to_deserialize_any;

use super::fault::Fault;
use super::number::Number;
use super::parts::{Fields, Items, Variant};
use super::tree::Tree;

/// Whole numbers, which a form and an address hold as text.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            let meant = self.meant(|text| Number::typed(text).map(Tree::Number));
            meant.deserialize_any(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Fault;

    /// What is no struct, list, map or word has one shape, and its visitor refuses the others.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(number) => number.visit(visitor),
            Self::Text(text) | Self::Field(text) | Self::Parameter(text) => {
                visitor.visit_string(text)
            }
            Self::List(items) => Items::of(items).read(visitor),
            Self::Object(fields) => visitor.visit_map(Fields::of(fields)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let meant = self.meant(|text| text.parse().ok().map(Self::Bool));
        meant.deserialize_any(visitor)
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.meant(|text| Number::typed(text).map(Tree::Number)) {
            Self::Number(number) => number.as_float().visit(visitor),
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Null => visitor.visit_none(),
            Self::Field(text) if text.is_empty() => visitor.visit_none(),
            some => visitor.visit_some(some),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::List(items) => Items::of(items).read(visitor),
            other => Err(Fault::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Object(fields) => visitor.visit_map(Fields::of(fields)),
            other => Err(Fault::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self {
            Self::Text(word) | Self::Field(word) | Self::Parameter(word) => {
                visitor.visit_enum(StringDeserializer::<Fault>::new(word))
            }
            Self::Object(fields) => match <[_; 1]>::try_from(fields) {
                Ok([(name, value)]) => visitor.visit_enum(Variant { name, value }),
                Err(_) => Err(Fault::invalid_type(Unexpected::Map, &visitor)),
            },
            other => Err(Fault::invalid_type(other.unexpected(), &visitor)),
        }
    }

    /// A variant is named by its word; serde would take its number too.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self {
            Self::Text(word) | Self::Field(word) | Self::Parameter(word) => {
                visitor.visit_string(word)
            }
            other => Err(Fault::invalid_type(other.unexpected(), &visitor)),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct
    }
}
