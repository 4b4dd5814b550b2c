package pilothouse.templates.jinja;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Variables of a template, a turn of a loop or a call of a macro. What is set inside stays inside.
final class Scope {
    private final Optional<Scope> outer;
    private final Map<String, Object> variables = new HashMap<>();

    private Scope(Optional<Scope> outer) {
        this.outer = outer;
    }

    static Scope outermost() {
        return new Scope(Optional.empty());
    }

    Scope inner() {
        return new Scope(Optional.of(this));
    }

    void set(String name, Object value) {
        variables.put(name, value);
    }

    Optional<Object> find(String name) {
        var found = variables.get(name);
        return found != null ? Optional.of(found) : outer.flatMap(scope -> scope.find(name));
    }
}
