package pilothouse.templates;

/// A hole of a template: one place where it reads a value.
///
/// @param path    as written, such as `user.name`, `../title` or `@state.count`
/// @param name    the first step of the path: for [Origin#INPUT] the name of the value to give
/// @param snippet the snippet it stands in, empty for the template itself
/// @param line    1, 2, 3 … in the document
/// @param column  1, 2, 3 … in UTF-16 units
public record Variable(String path, String name, Origin origin, String snippet, int line, int column) {
    /// The place in words.
    public String where() {
        return (snippet.isEmpty() ? "" : "snippet " + snippet + ", ") + "line " + line + ", column " + column;
    }

    /// Where its value comes from.
    public enum Origin {
        /// the values given to the rendering
        INPUT,
        /// the context given to the rendering, written with `@`
        CONTEXT,
        /// an element of the list or map that a block walks through or steps into
        ELEMENT
    }
}
