//! Records: blocks of the heap with typed fields, which are what instances of classes are at run time.
//!
//! A value is the address of a block that holds the fields one after another, each in its flattened form, laid out as the item of a list is
//! ([`crate::list::ItemLayout`]). The block is reference-counted and owns what its fields refer to. Where a value may be `None`, address 0 stands for it.

use crate::{Items, Names, Type};
use core::fmt;
use core::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// A class of records.
///
/// Its fields may refer to the class itself; so it is compared by its name and its arguments, and the fields are set after it has been made.
pub struct Class {
    /// Its name.
    pub name: String,
    /// Whether the library defines it: a `dict`, say, as opposed to a class of the user's of that name.
    pub library: bool,
    /// The types that it is made for: those of keys and values of a dict.
    pub args: Vec<Type>,
    /// Whether every field has a value from the beginning. Where one may be unset, a list or a record that is read is looked at first.
    pub complete: bool,
    fields: OnceLock<Vec<(String, Type)>>,
}

impl Class {
    /// A class whose fields are not known yet.
    #[must_use]
    pub const fn new(name: String, library: bool, args: Vec<Type>, complete: bool) -> Class {
        Class { name, library, args, complete, fields: OnceLock::new() }
    }

    /// Says what the fields are; they do not change any more.
    pub fn set_fields(&self, fields: Vec<(String, Type)>) {
        let _ = self.fields.set(fields);
    }

    /// The fields: names and types.
    #[must_use]
    pub fn fields(&self) -> &[(String, Type)] {
        self.fields.get().map_or(&[], Vec::as_slice)
    }

    /// A field by name: its number and its type.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<(usize, &Type)> {
        self.fields().iter().enumerate().find(|(_, (own, _))| own == name).map(|(k, (_, ty))| (k, ty))
    }

    /// All fields, as a tuple has its items.
    #[must_use]
    pub fn as_tuple(&self) -> Type {
        Type::Tuple(self.fields().iter().map(|(_, ty)| ty.clone()).collect())
    }

    /// The fields that hosts see: of a class of the library those of records in its fields in the place of these.
    #[must_use]
    pub fn host_fields(&self) -> Vec<(String, Type)> {
        let own = self.fields().iter().map(|(name, ty)| match ty {
            Type::Record(record) if self.library => record.class.host_fields(),
            ty => vec![(name.clone(), ty.clone())],
        });
        own.flatten().collect()
    }

    /// Whether it is a dict or a set.
    #[must_use]
    pub fn is_container(&self) -> bool {
        self.library && matches!(self.name.as_str(), "dict" | "set")
    }

    /// Whether it is that of `range`. Its argument is `None` where the step is known to be 1, and then a range fits where any other does.
    #[must_use]
    pub fn is_range(&self) -> bool {
        self.library && self.name == "range"
    }

    /// What it is called, and whether the library defines it: classes of the library that differ in their arguments alone have it in common.
    #[must_use]
    pub fn key_name(&self) -> (&str, bool) {
        (&self.name, self.library)
    }

    fn key(&self) -> (&str, bool, &[Type]) {
        (&self.name, self.library, &self.args)
    }
}

impl PartialEq for Class {
    fn eq(&self, other: &Class) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Class {}

impl Hash for Class {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

// Without the fields, which may refer to the class.
impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        if self.args.is_empty() || self.args.iter().all(|arg| *arg == Type::None) {
            return Ok(());
        }
        f.write_str("[")?;
        for (k, arg) in self.args.iter().enumerate() {
            if k > 0 {
                f.write_str(", ")?;
            }
            arg.fmt(f)?;
        }
        f.write_str("]")
    }
}

/// The type of an instance.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Record {
    /// Its class.
    pub class: Arc<Class>,
    /// Whether it may be `None`.
    pub optional: bool,
}

impl Record {
    /// Whether a value of this type may stand where another is expected.
    #[must_use]
    pub fn fits(&self, want: &Record) -> bool {
        let is_unit_range = self.class.is_range() && self.class.args == [Type::None];
        let alike = self.class == want.class || is_unit_range && want.class.is_range();
        alike && (want.optional || !self.optional)
    }

    /// The same, that may be `None`.
    #[must_use]
    pub fn or_none(&self) -> Record {
        Record { class: Arc::clone(&self.class), optional: true }
    }
}

impl fmt::Display for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&*self.class, f)?;
        f.write_str(if self.optional { " | None" } else { "" })
    }
}

/// How deep instances may hold others that hosts pass.
const DEEPEST: usize = 8;

/// The type that a host sees in the place of one; nothing for what hosts do not pass: ranges, what may be None, and instances that hold their like.
fn seen(ty: &Type, depth: usize) -> Option<Type> {
    if depth > DEEPEST {
        return None;
    }
    let held = |types: Vec<&Type>, class: &str, fields: Vec<String>| {
        let types = types.into_iter().map(|ty| seen(ty, depth + 1)).collect::<Option<Vec<_>>>()?;
        let names = Names { class: format!("{{{class}}}"), fields };
        Some(Type::list(Type::Tuple(Items::named(types, Some(Arc::new(names))))))
    };
    Some(match ty {
        Type::None | Type::Scalar(_) | Type::Array(_) | Type::Structured(_) | Type::Str => ty.clone(),
        Type::List(item) => Type::list(seen(item, depth)?),
        Type::Tuple(_) if let Some(value) = ty.as_optional() => held(vec![value], "?", vec!["value".to_owned()])?,
        Type::Tuple(items) => {
            let types = items.iter().map(|ty| seen(ty, depth)).collect::<Option<Vec<_>>>()?;
            Type::Tuple(Items::named(types, items.names().cloned()))
        }
        Type::Record(record) if record.optional || record.class.is_range() => return None,
        Type::Record(record) if record.class.is_container() => {
            let fields = if record.class.name == "set" { vec!["item"] } else { vec!["key", "value"] };
            let fields = fields.into_iter().map(str::to_owned).collect();
            held(record.class.args.iter().collect(), &record.class.name, fields)?
        }
        Type::Record(record) => {
            let fields = record.class.host_fields();
            let names = fields.iter().map(|(name, _)| name.clone()).collect();
            held(fields.iter().map(|(_, ty)| ty).collect(), &record.class.name, names)?
        }
    })
}

/// What a host sees of a value: a dict is a list of pairs, a set one of tuples of one item, and an instance a list of one tuple of its fields. What
/// may be `None` is a list of no tuple or of one, whose item is the value: its class is `?`. The tuples have names, and the name of their class is that of the class in braces. Nothing for what hosts do not pass.
#[must_use]
pub fn host_form(ty: &Type) -> Option<Type> {
    seen(ty, 0)
}

/// The class that a list stands for, and the types of the items of its tuples.
#[must_use]
pub fn stands_for(ty: &Type) -> Option<(&str, &Items)> {
    let Type::List(item) = ty else { return None };
    let Type::Tuple(items) = &**item else { return None };
    let class = items.names()?.class.strip_prefix('{')?.strip_suffix('}')?;
    Some((class, items))
}
