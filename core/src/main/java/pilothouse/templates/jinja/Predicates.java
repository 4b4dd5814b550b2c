package pilothouse.templates.jinja;

import java.util.Set;

/// Jinja's tests (`value is name`), as far as chat templates use them.
final class Predicates {
    static final Set<String> NAMES = Set.of("defined", "undefined", "none", "string", "mapping", "iterable", "sequence",
            "false", "true", "boolean", "number", "integer", "float", "odd", "even", "divisibleby", "in", "eq", "equalto", "==",
            "ne", "!=", "lt", "lessthan", "<", "le", "<=", "gt", "greaterthan", ">", "ge", ">=");

    private Predicates() {}

    static boolean holds(String name, Object value, Arguments arguments) {
        return switch (name) {
            case "defined" -> !(value instanceof Value.Undefined);
            case "undefined" -> value instanceof Value.Undefined;
            case "none" -> value == Value.None.NONE;
            case "string" -> value instanceof MarkedText;
            case "mapping" -> value instanceof Value.Dict;
            case "iterable" -> value instanceof MarkedText || value instanceof Value.Listing || value instanceof Value.Dict
                    || value instanceof Value.Undefined || value instanceof Value.Loop;
            case "sequence" -> isSequence(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "true" -> Boolean.TRUE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "number" -> Operators.isNumber(value);
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "odd" -> Operators.equal(Operators.binary("%", value, 2L, arguments.fuel()), 1L);
            case "even" -> Operators.equal(Operators.binary("%", value, 2L, arguments.fuel()), 0L);
            case "divisibleby" -> Operators.equal(Operators.binary("%", value, other(arguments), arguments.fuel()), 0L);
            case "in" -> Operators.contains(other(arguments), value, arguments.fuel());
            default -> {
                arguments.fuel().deep(value);
                yield compares(name, value, other(arguments));
            }
        };
    }

    private static boolean compares(String name, Object value, Object other) {
        return switch (name) {
            case "eq", "equalto", "==" -> Operators.equal(value, other);
            case "ne", "!=" -> !Operators.equal(value, other);
            case "lt", "lessthan", "<" -> Operators.order(value, other) < 0;
            case "le", "<=" -> Operators.order(value, other) <= 0;
            case "gt", "greaterthan", ">" -> Operators.order(value, other) > 0;
            case "ge", ">=" -> Operators.order(value, other) >= 0;
            default -> throw JinjaFault.type("The test \"" + name + "\" is not known");
        };
    }

    private static boolean isSequence(Object value) {
        return switch (value) {
            case MarkedText _, Value.Dict _, Value.Undefined _ -> true;
            case Value.Listing list -> list.kind() != Value.Kind.GENERATOR && list.kind() != Value.Kind.VIEW;
            default -> false;
        };
    }

    private static Object other(Arguments arguments) {
        return arguments.bind("The test", "other", Arguments.REQUIRED)[0];
    }
}
