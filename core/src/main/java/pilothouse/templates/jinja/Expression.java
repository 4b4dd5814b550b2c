package pilothouse.templates.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What can stand in `{{ }}`. `at` is an offset in the source.
sealed interface Expression {
    int at();

    record Literal(int at, Object value) implements Expression {}

    record Name(int at, String name) implements Expression {}

    record Listed(int at, Value.Kind kind, List<Expression> items) implements Expression {}

    record Mapped(int at, List<Expression> keys, List<Expression> values) implements Expression {}

    record Negated(int at, boolean minus, Expression operand) implements Expression {}

    record Not(int at, Expression operand) implements Expression {}

    /// @param operator `+ - * / // % **`
    record Binary(int at, String operator, Expression left, Expression right) implements Expression {}

    record Joined(int at, List<Expression> parts) implements Expression {}

    record Both(int at, boolean and, Expression left, Expression right) implements Expression {}

    /// A chain: each operator (`== != < > <= >= in`, `not in`) stands between two neighbours.
    record Compared(int at, List<Expression> operands, List<String> operators) implements Expression {}

    record Conditional(int at, Expression test, Expression then, Optional<Expression> otherwise) implements Expression {}

    record Attribute(int at, Expression of, String name) implements Expression {}

    record Item(int at, Expression of, Expression index) implements Expression {}

    record Slice(int at, Expression of, Optional<Expression> from, Optional<Expression> to, Optional<Expression> step)
            implements Expression {}

    record Call(int at, Expression callee, Args args) implements Expression {}

    record Filter(int at, Expression input, String name, Args args) implements Expression {}

    record Test(int at, Expression input, String name, Args args, boolean negated) implements Expression {}

    record Args(List<Expression> positional, Map<String, Expression> named) {
        static final Args NONE = new Args(List.of(), Map.of());
    }
}
