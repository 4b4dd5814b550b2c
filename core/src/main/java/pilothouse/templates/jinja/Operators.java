package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Python's operators on values.
final class Operators {
    private Operators() {}

    static boolean isTrue(Object value) {
        return switch (value) {
            case Boolean bool -> bool;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case MarkedText text -> text.length() > 0;
            case Value.None _, Value.Undefined _ -> false;
            case Value.Listing list -> list.kind() == Value.Kind.GENERATOR || !list.items().isEmpty();
            case Value.Dict dict -> !dict.entries().isEmpty();
            default -> true;
        };
    }

    /// What a `for` goes over: items, keys, characters; nothing of what is undefined.
    static List<Object> items(Object value) {
        return switch (value) {
            case Value.Listing list -> {
                var items = List.copyOf(list.items());
                if (list.kind() == Value.Kind.GENERATOR) list.items().clear();   // it can be gone over once
                yield items;
            }
            case Value.Dict dict -> List.copyOf(dict.entries().keySet());
            case Value.Undefined _ -> List.of();
            case MarkedText text -> characters(text);
            default -> throw JinjaFault.type("A " + Value.typeName(value) + " cannot be looped over");
        };
    }

    private static List<Object> characters(MarkedText text) {
        var all = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.text().codePointAt(i));
            all.add(text.substring(i, end));
            if (all.size() > Fuel.MOST_ITEMS) throw tooMany();
            i = end;
        }
        return all;
    }

    static boolean equal(Object left, Object right) {
        return equal(left, right, 0);
    }

    private static boolean equal(Object left, Object right, int depth) {
        if (depth > Fuel.DEPTH) throw Fuel.tooDeep();
        if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) == 0;
        return switch (left) {
            case Value.Undefined _ -> right instanceof Value.Undefined;
            case Value.Listing list when right instanceof Value.Listing other && list.kind() == other.kind() -> {
                if (list.items().size() != other.items().size()) yield false;
                for (int i = 0; i < list.items().size(); i++)
                    if (!equal(list.items().get(i), other.items().get(i), depth + 1)) yield false;
                yield true;
            }
            case Value.Dict dict when right instanceof Value.Dict other -> {
                if (dict.entries().size() != other.entries().size()) yield false;
                for (var entry : dict.entries().entrySet()) {
                    var there = other.entries().get(entry.getKey());
                    if (there == null || !equal(entry.getValue(), there, depth + 1)) yield false;
                }
                yield true;
            }
            case MarkedText text -> text.equals(right);
            default -> left == right;
        };
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    private static int compareNumbers(Object left, Object right) {
        if (left instanceof Double || right instanceof Double) return Double.compare(real(left) + 0.0, real(right) + 0.0);
        return Long.compare(whole(left), whole(right));
    }

    static double real(Object number) {
        return number instanceof Double real ? real : whole(number);
    }

    private static long whole(Object number) {
        return number instanceof Boolean bool ? bool ? 1 : 0 : (Long) number;
    }

    /// Less than 0, 0 or more than 0; a fault if Python has no order for the two.
    static int order(Object left, Object right) {
        return order(left, right, 0);
    }

    private static int order(Object left, Object right, int depth) {
        if (depth > Fuel.DEPTH) throw Fuel.tooDeep();
        if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
        if (left instanceof MarkedText a && right instanceof MarkedText b) return orderTexts(a.text(), b.text());
        if (left instanceof Value.Listing a && right instanceof Value.Listing b && a.kind() == b.kind()) {
            for (int i = 0; i < Math.min(a.items().size(), b.items().size()); i++)
                if (!equal(a.items().get(i), b.items().get(i))) return order(a.items().get(i), b.items().get(i), depth + 1);
            return Integer.compare(a.items().size(), b.items().size());
        }
        throw JinjaFault.type("A " + Value.typeName(left) + " and a " + Value.typeName(right) + " have no order");
    }

    /// By code points; UTF-16 units order differently above U+FFFF.
    private static int orderTexts(String left, String right) {
        Iterator<Integer> a = left.codePoints().iterator();
        Iterator<Integer> b = right.codePoints().iterator();
        while (a.hasNext() && b.hasNext()) {
            int order = Integer.compare(a.next(), b.next());
            if (order != 0) return order;
        }
        return Boolean.compare(a.hasNext(), b.hasNext());
    }

    static boolean contains(Object container, Object sought, Fuel fuel) {
        return switch (container) {
            case MarkedText text when sought instanceof MarkedText part -> {
                fuel.search(text.length(), part.length());
                yield text.text().contains(part.text());
            }
            case MarkedText _ -> throw JinjaFault.type("A " + Value.typeName(sought) + " cannot be in a text");
            case Value.Dict dict -> dict.entries().containsKey(Value.Dict.key(sought));
            case Value.Listing list -> {
                fuel.items(list.items().size());
                yield list.items().stream().anyMatch(item -> equal(item, sought));
            }
            case Value.Undefined _ -> false;
            default -> throw JinjaFault.type("Nothing can be in a " + Value.typeName(container));
        };
    }

    static Object binary(String operator, Object left, Object right, Fuel fuel) {
        if (isNumber(left) && isNumber(right)) return Arithmetic.of(operator, left, right);
        return switch (operator) {
            case "+" -> plus(left, right, fuel);
            case "*" -> left instanceof Long || left instanceof Boolean ? times(right, left, fuel) : times(left, right, fuel);
            case "%" -> {
                if (left instanceof MarkedText pattern) yield Methods.percent(pattern, right);
                throw noOperator(operator, left, right);
            }
            default -> throw noOperator(operator, left, right);
        };
    }

    private static Object plus(Object left, Object right, Fuel fuel) {
        if (left instanceof MarkedText a && right instanceof MarkedText b) return a.plus(b);
        if (left instanceof Value.Listing a && right instanceof Value.Listing b && a.kind() == b.kind()
                && (a.kind() == Value.Kind.LIST || a.kind() == Value.Kind.TUPLE)) {
            fuel.items((long) a.items().size() + b.items().size());
            var joined = new ArrayList<>(a.items());
            joined.addAll(b.items());
            if (joined.size() > Fuel.MOST_ITEMS) throw tooMany();
            return new Value.Listing(a.kind(), joined);
        }
        throw noOperator("+", left, right);
    }

    private static Object times(Object repeated, Object count, Fuel fuel) {
        if (!(count instanceof Long) && !(count instanceof Boolean)) throw noOperator("*", repeated, count);
        long times = Math.max(0, whole(count));
        if (repeated instanceof MarkedText text) {
            if (text.length() > 0 && times > Fuel.MOST_CHARACTERS / text.length()) throw Fuel.tooLong();
            var out = new MarkedText.Builder();
            for (long i = 0; i < times && text.length() > 0; i++) out.append(text);
            return out.build();
        }
        if (repeated instanceof Value.Listing list && (list.kind() == Value.Kind.LIST || list.kind() == Value.Kind.TUPLE)) {
            if (!list.items().isEmpty() && times > Fuel.MOST_ITEMS / list.items().size()) throw tooMany();
            fuel.items(times * list.items().size());
            var out = new ArrayList<>();
            for (long i = 0; i < times && !list.items().isEmpty(); i++) out.addAll(list.items());
            return new Value.Listing(list.kind(), out);
        }
        throw noOperator("*", repeated, count);
    }

    static JinjaFault tooMany() {
        return new JinjaFault("The template makes a list of more than " + Fuel.MOST_ITEMS + " items", "Use another template.");
    }

    private static JinjaFault noOperator(String operator, Object left, Object right) {
        return JinjaFault.type("A " + Value.typeName(left) + " " + operator + " a " + Value.typeName(right) + " is not possible");
    }
}
