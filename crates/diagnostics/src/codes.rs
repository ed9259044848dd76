//! Every code, with a phrase; each has a page under `tests/errors`.

use core::fmt;

/// The kind of a diagnostic, such as `unsupported-syntax`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code(pub &'static str);

macro_rules! codes {
    ($($name:ident $text:literal $phrase:literal;)*) => {
        $(#[doc = $phrase] pub const $name: Code = Code($text);)*
        /// Every code with its phrase.
        pub const ALL: &[(Code, &str)] = &[$(($name, $phrase)),*];
    };
}

codes! {
    SYNTAX_ERROR "syntax-error" "The source is not valid Python.";
    UNSUPPORTED_SYNTAX "unsupported-syntax" "A construct of Python that is not compiled.";
    UNSUPPORTED_CALL "unsupported-call" "A call of something that is not compiled.";
    UNSUPPORTED_VALUE "unsupported-value" "A value that has no compiled form.";
    UNDEFINED_NAME "undefined-name" "A name that nothing defines.";
    UNKNOWN_ATTRIBUTE "unknown-attribute" "An attribute or method that the value does not have.";
    UNKNOWN_FUNCTION "unknown-numpy-function" "A NumPy function that is not in the library.";
    UNKNOWN_KEYWORD "unknown-keyword" "A keyword that the function does not take.";
    ARGUMENT_COUNT "wrong-argument-count" "Too many or too few arguments.";
    TYPE_MISMATCH "type-mismatch" "A value of a type that does not fit here.";
    WRONG_RANK "wrong-rank" "An array with too many or too few dimensions.";
    INCOMPATIBLE_BRANCHES "incompatible-branches" "A variable with types that have nothing in common on two paths.";
    MISSING_SIGNATURE "missing-signature" "A function whose argument types are not known.";
    MISSING_SOURCE "missing-source" "A function whose source cannot be found.";
    BAD_SIGNATURE "bad-signature" "A signature or annotation that names no type.";
    NOT_CONSTANT "not-constant" "A value that must be known while compiling.";
    FLOAT16_RESULT "float16-result" "NumPy would give float16, which is not supported.";
    SHAPE_MISMATCH "shape-mismatch" "Shapes that can never fit.";
    RECURSION_TYPE "recursion-type" "A recursive function whose result type cannot be found.";
    MAY_DIFFER "may-differ" "An operation whose result may differ from Python's.";
    TOO_LARGE "too-large" "A program that is larger than the compiler accepts.";
    INTERNAL "internal" "A mistake of the compiler, not of the program.";
}

impl Code {
    /// The code with a name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Code> {
        ALL.iter().map(|(code, _)| *code).find(|code| code.0 == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
