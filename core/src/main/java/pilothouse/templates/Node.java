package pilothouse.templates;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A piece of a parsed template. `at` is its offset in the template's text.
sealed interface Node {
    record Text(String text, int at) implements Node {}

    /// `{{path}}` or `{{literal}}`.
    record Print(Expression value, int at) implements Node {}

    /// `{{helper args name=value}}`.
    record Call(Head head) implements Node {}

    /// `{{#if}} … {{else if}} … {{else}} … {{/if}}`: the first branch that applies, else `otherwise`.
    record Block(List<Branch> branches, List<Node> otherwise) implements Node {}

    record Branch(Head head, List<Node> body) {}

    /// `{{> name context key=value}}`.
    ///
    /// @param indent white space put before each of its lines: a snippet alone on its line keeps its place
    record Include(String name, Optional<Expression> context, Map<String, Expression> named, String indent, int at)
            implements Node {}

    /// What stands between the braces of a helper: `name args… key=value… as |names…|`.
    record Head(String helper, List<Expression> arguments, Map<String, Expression> named, List<String> names, int at) {}

    /// A value in a tag.
    sealed interface Expression {
        record Literal(Object value) implements Expression {}

        /// @param data     written with `@`
        /// @param up       how many `../` stand before it
        /// @param self     begins with `this` or `.`: never a block's name or a helper
        /// @param segments the steps; empty for `this`, `.` and `..`
        /// @param text     as written
        record Path(boolean data, int up, boolean self, List<String> segments, String text, int at)
                implements Expression {
            /// A single word, which may be a helper's name.
            boolean isWord() {
                return !data && up == 0 && !self && segments.size() == 1;
            }
        }
    }
}
