package pilothouse.templates.jinja;

/// Python's arithmetic on numbers: `//` and `%` round down, `/` is always a float.
final class Arithmetic {
    private Arithmetic() {}

    static Object of(String operator, Object left, Object right) {
        boolean whole = !(left instanceof Double) && !(right instanceof Double);
        try {
            return whole && !operator.equals("/") ? whole(operator, number(left), number(right))
                    : real(operator, Operators.real(left), Operators.real(right));
        } catch (ArithmeticException e) {
            throw new JinjaFault("A number is too large, or divided by zero", "Check the template's arithmetic.");
        }
    }

    private static long number(Object value) {
        return value instanceof Boolean bool ? bool ? 1 : 0 : (Long) value;
    }

    private static Object whole(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> Math.addExact(left, right);
            case "-" -> Math.subtractExact(left, right);
            case "*" -> Math.multiplyExact(left, right);
            case "//" -> Math.floorDivExact(left, right);
            case "%" -> Math.floorMod(left, right);
            default -> right < 0 ? (Object) real("**", left, right) : (Object) power(left, right);
        };
    }

    private static long power(long base, long exponent) {
        if (base == 0 || base == 1) return exponent == 0 ? 1 : base;
        if (base == -1) return exponent % 2 == 0 ? 1 : -1;
        if (exponent > 63) throw new ArithmeticException();
        long result = 1;
        for (long i = 0; i < exponent; i++) result = Math.multiplyExact(result, base);
        return result;
    }

    private static Object real(String operator, double left, double right) {
        if (right == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) throw new ArithmeticException();
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/" -> left / right;
            case "//" -> Math.floor(left / right);
            case "%" -> {
                double rest = left % right;
                yield rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest;
            }
            default -> power(left, right);
        };
    }

    private static Object power(double base, double exponent) {
        double result = Math.pow(base, exponent);
        if (Double.isNaN(result) || Double.isInfinite(result)) throw new ArithmeticException();
        return result;
    }

    static Object negated(Object value, boolean minus) {
        if (value instanceof Double number) return minus ? -number : number;
        if (!Operators.isNumber(value)) throw JinjaFault.type("A " + Value.typeName(value) + " has no sign");
        long number = number(value);
        return minus ? of("-", 0L, number) : (Object) number;
    }
}
