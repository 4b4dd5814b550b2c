package pilothouse.templates.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a template is made of.
sealed interface Statement {
    int at();

    record Text(int at, MarkedText text) implements Statement {}

    record Output(int at, Expression value) implements Statement {}

    /// `if`, `elif` … in order; the last `else` is `otherwise`.
    record If(int at, List<Expression> tests, List<List<Statement>> bodies, List<Statement> otherwise) implements Statement {}

    record For(int at, Target target, Expression over, Optional<Expression> filter, List<Statement> body,
            List<Statement> otherwise) implements Statement {}

    record Set(int at, Target target, Expression value) implements Statement {}

    /// @param filter applied to the body's text, which it sees as [#BODY]
    record SetBlock(int at, Target target, List<Statement> body, Expression filter) implements Statement {}

    record FilterBlock(int at, List<Statement> body, Expression filter) implements Statement {}

    record Macro(int at, String name, List<String> parameters, Map<String, Expression> defaults, List<Statement> body)
            implements Statement {}

    record Break(int at) implements Statement {}

    record Continue(int at) implements Statement {}

    /// Stands in filters of blocks for the block's text; no name in a template can be that.
    String BODY = " body";

    /// What a value is assigned to.
    sealed interface Target {
        record Variable(String name) implements Target {}

        record Several(List<Target> targets) implements Target {}

        /// `set ns.name = …`
        record Member(String namespace, String name) implements Target {}
    }
}
