package pilothouse.templates.jinja;

import java.util.List;
import java.util.Map;

/// Evaluated arguments of a call.
///
/// @param fuel what the call may use
record Arguments(List<Object> positional, Map<String, Object> named, Fuel fuel) {
    /// Stands for "no default" in [#bind].
    static final Object REQUIRED = new Object();

    /// Values of the parameters of `callee`, in order.
    ///
    /// @param parameters name, default, name, default …
    Object[] bind(String callee, Object... parameters) {
        int count = parameters.length / 2;
        if (positional.size() > count) throw JinjaFault.type(callee + " takes at most " + count + " arguments, not " + positional.size());
        var values = new Object[count];
        int used = 0;
        for (int i = 0; i < count; i++) {
            var name = (String) parameters[2 * i];
            var given = named.get(name);
            if (given != null) used++;
            if (given != null && i < positional.size()) throw JinjaFault.type(callee + " is given " + name + " twice");
            values[i] = i < positional.size() ? positional.get(i) : given != null ? given : parameters[2 * i + 1];
            if (values[i] == REQUIRED) throw JinjaFault.type(callee + " needs " + name);
        }
        if (used < named.size()) throw JinjaFault.type(callee + " has no argument of that name: " + named.keySet());
        return values;
    }

    /// Without the first `count` positional ones.
    Arguments after(int count) {
        return new Arguments(positional.subList(Math.min(count, positional.size()), positional.size()), named, fuel);
    }

    /// Pays for a call on `self`: for its size, and for looking for the arguments in it.
    void charge(Object self) {
        fuel.value(self);
        for (var argument : positional) {
            fuel.value(argument);
            if (argument instanceof MarkedText sought && self instanceof MarkedText text)
                fuel.search(Math.max(text.length(), sought.length()), Math.min(text.length(), sought.length()));
        }
    }

    static MarkedText text(String callee, Object value) {
        if (value instanceof MarkedText text) return text;
        throw JinjaFault.type(callee + " needs a text, not " + Value.typeName(value));
    }

    static int integer(String callee, Object value) {
        long number = switch (value) {
            case Long given -> given;
            case Boolean bool -> bool ? 1 : 0;
            default -> throw JinjaFault.type(callee + " needs a whole number, not " + Value.typeName(value));
        };
        return (int) Math.clamp(number, -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
}
