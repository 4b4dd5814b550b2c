package pilothouse.templates.jinja;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Works out expressions. One rendering, one thread.
final class Evaluator {
    private final Fuel fuel;
    private final Clock clock;
    private int at;   // where the work is, for problems

    Evaluator(Fuel fuel, Clock clock) {
        this.fuel = fuel;
        this.clock = clock;
    }

    /// Offset in the source of what was last begun.
    int at() {
        return at;
    }

    void at(int offset) {
        at = offset;
    }

    Object of(Expression expression, Scope scope) {
        fuel.enter();
        at = expression.at();
        var value = switch (expression) {
            case Expression.Literal(_, Object literal) -> literal;
            case Expression.Name(_, String name) -> name(name, scope);
            case Expression.Listed(_, Value.Kind kind, List<Expression> items) -> new Value.Listing(kind, all(items, scope));
            case Expression.Mapped mapped -> mapped(mapped, scope);
            case Expression.Negated(int _, boolean minus, Expression operand) -> Arithmetic.negated(of(operand, scope), minus);
            case Expression.Not(_, Expression operand) -> !isTrue(operand, scope);
            case Expression.Binary binary -> binary(binary, scope);
            case Expression.Joined(int here, List<Expression> parts) -> joined(here, parts, scope);
            case Expression.Both both -> both(both, scope);
            case Expression.Compared compared -> compared(compared, scope);
            case Expression.Conditional conditional -> conditional(conditional, scope);
            case Expression.Attribute(int here, Expression of, String name) -> attribute(here, of(of, scope), name);
            case Expression.Item(int here, Expression of, Expression index) -> item(here, of(of, scope), of(index, scope));
            case Expression.Slice slice -> slice(slice, scope);
            case Expression.Call call -> call(call, scope);
            case Expression.Filter filter -> filter(filter, scope);
            case Expression.Test test -> test(test, scope);
        };
        fuel.leave();
        return value;
    }

    boolean isTrue(Expression expression, Scope scope) {
        return Operators.isTrue(of(expression, scope));
    }

    private Object name(String name, Scope scope) {
        return scope.find(name).orElseGet(() -> Functions.NAMES.contains(name) ? Functions.find(name, clock) : new Value.Undefined(name));
    }

    private List<Object> all(List<Expression> expressions, Scope scope) {
        var values = new ArrayList<>();
        for (var expression : expressions) values.add(of(expression, scope));
        return values;
    }

    private Object mapped(Expression.Mapped mapped, Scope scope) {
        var entries = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < mapped.keys().size(); i++)
            entries.put(Value.Dict.key(of(mapped.keys().get(i), scope)), of(mapped.values().get(i), scope));
        return new Value.Dict(entries);
    }

    private Object binary(Expression.Binary binary, Scope scope) {
        var left = of(binary.left(), scope);
        var right = of(binary.right(), scope);
        at = binary.at();
        fuel.value(left);
        fuel.value(right);
        return Operators.binary(binary.operator(), left, right, fuel);
    }

    private Object joined(int here, List<Expression> parts, Scope scope) {
        var values = all(parts, scope);
        at = here;
        var out = new MarkedText.Builder();
        for (var value : values) {
            fuel.value(value);
            out.append(Printing.text(value));
        }
        return out.build();
    }

    private Object both(Expression.Both both, Scope scope) {
        var left = of(both.left(), scope);
        return Operators.isTrue(left) == both.and() ? of(both.right(), scope) : left;
    }

    private Object compared(Expression.Compared compared, Scope scope) {
        var left = of(compared.operands().getFirst(), scope);
        for (int i = 0; i < compared.operators().size(); i++) {
            var right = of(compared.operands().get(i + 1), scope);
            at = compared.at();
            fuel.deep(left);
            fuel.deep(right);
            if (!compares(compared.operators().get(i), left, right)) return false;
            left = right;
        }
        return true;
    }

    private boolean compares(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> Operators.equal(left, right);
            case "!=" -> !Operators.equal(left, right);
            case "in" -> Operators.contains(right, left, fuel);
            case "not in" -> !Operators.contains(right, left, fuel);
            case "<" -> Operators.order(left, right) < 0;
            case "<=" -> Operators.order(left, right) <= 0;
            case ">" -> Operators.order(left, right) > 0;
            default -> Operators.order(left, right) >= 0;
        };
    }

    private Object conditional(Expression.Conditional conditional, Scope scope) {
        if (isTrue(conditional.test(), scope)) return of(conditional.then(), scope);
        return conditional.otherwise().map(otherwise -> of(otherwise, scope))
                .orElseGet(() -> new Value.Undefined("The value of an if without else", true));
    }

    private Object attribute(int here, Object of, String name) {
        at = here;
        return Subscripts.attribute(of, name);
    }

    private Object item(int here, Object of, Object index) {
        at = here;
        fuel.value(of);
        return Subscripts.item(of, index);
    }

    private Object slice(Expression.Slice slice, Scope scope) {
        var of = of(slice.of(), scope);
        var from = bound(slice.from(), scope);
        var to = bound(slice.to(), scope);
        var step = bound(slice.step(), scope);
        at = slice.at();
        fuel.value(of);
        return Subscripts.slice(of, from, to, step);
    }

    private Object bound(Optional<Expression> bound, Scope scope) {
        return bound.map(expression -> of(expression, scope)).orElse(Value.None.NONE);
    }

    private Arguments arguments(Expression.Args args, Scope scope) {
        var named = new LinkedHashMap<String, Object>();
        args.named().forEach((name, expression) -> named.put(name, of(expression, scope)));
        return new Arguments(all(args.positional(), scope), named, fuel);
    }

    private Object call(Expression.Call call, Scope scope) {
        Object callee;
        Object self = Value.None.NONE;
        if (call.callee() instanceof Expression.Attribute(int here, Expression of, String name)) {
            self = of(of, scope);
            callee = attribute(here, self, name);
        } else {
            callee = of(call.callee(), scope);
        }
        var arguments = arguments(call.args(), scope);
        at = call.at();
        arguments.charge(self);
        if (callee instanceof Value.Callable callable) return callable.call(arguments);
        throw JinjaFault.type("A " + Value.typeName(callee) + " cannot be called");
    }

    private Object filter(Expression.Filter filter, Scope scope) {
        var input = of(filter.input(), scope);
        var arguments = arguments(filter.args(), scope);
        at = filter.at();
        return Filters.apply(filter.name(), input, arguments);
    }

    private Object test(Expression.Test test, Scope scope) {
        var input = of(test.input(), scope);
        var arguments = arguments(test.args(), scope);
        at = test.at();
        arguments.charge(input);
        return Predicates.holds(test.name(), input, arguments) != test.negated();
    }
}
