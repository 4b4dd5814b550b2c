package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import pilothouse.templates.jinja.Statement.Target;

/// Carries out a template's statements. One rendering, one thread.
final class Interpreter {
    private enum Flow { ON, BREAK, CONTINUE }

    private final Evaluator evaluator;
    private final Fuel fuel;
    private int macros;   // calls that are under way

    Interpreter(Evaluator evaluator, Fuel fuel) {
        this.evaluator = evaluator;
        this.fuel = fuel;
    }

    void run(List<Statement> body, Scope scope, MarkedText.Builder out) {
        body(body, scope, out);
    }

    private Flow body(List<Statement> body, Scope scope, MarkedText.Builder out) {
        fuel.enter();
        var flow = Flow.ON;
        for (var statement : body) {
            flow = one(statement, scope, out);
            if (flow != Flow.ON) break;
        }
        fuel.leave();
        return flow;
    }

    private Flow one(Statement statement, Scope scope, MarkedText.Builder out) {
        fuel.step();
        evaluator.at(statement.at());
        switch (statement) {
            case Statement.Text(_, MarkedText text) -> out.append(text);
            case Statement.Output(int at, Expression value) -> {
                var shown = evaluator.of(value, scope);
                evaluator.at(at);
                out.append(Printing.text(shown));
            }
            case Statement.If condition -> { return condition(condition, scope, out); }
            case Statement.For loop -> loop(loop, scope, out);
            case Statement.Set(int at, Target target, Expression expression) -> assign(at, target, evaluator.of(expression, scope), scope);
            case Statement.SetBlock(int at, Target target, List<Statement> body, Expression filter) ->
                    assign(at, target, filtered(body, filter, scope), scope);
            case Statement.FilterBlock(_, List<Statement> body, Expression filter) ->
                    out.append(Printing.text(filtered(body, filter, scope)));
            case Statement.Macro macro -> scope.set(macro.name(), (Value.Callable) arguments -> call(macro, arguments, scope));
            case Statement.Break _ -> { return Flow.BREAK; }
            case Statement.Continue _ -> { return Flow.CONTINUE; }
        }
        return Flow.ON;
    }

    private Flow condition(Statement.If condition, Scope scope, MarkedText.Builder out) {
        for (int i = 0; i < condition.tests().size(); i++)
            if (evaluator.isTrue(condition.tests().get(i), scope)) return body(condition.bodies().get(i), scope, out);
        return body(condition.otherwise(), scope, out);
    }

    private void loop(Statement.For loop, Scope scope, MarkedText.Builder out) {
        var over = evaluator.of(loop.over(), scope);
        evaluator.at(loop.at());
        var items = new ArrayList<>();
        for (var item : Operators.items(over)) {
            if (loop.filter().isEmpty() || passes(loop, item, scope)) items.add(item);
        }
        if (items.isEmpty()) {
            body(loop.otherwise(), scope.inner(), out);
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            fuel.step();
            var turn = scope.inner();
            assign(loop.at(), loop.target(), items.get(i), turn);
            turn.set("loop", new Value.Loop(items, i));
            if (body(loop.body(), turn, out) == Flow.BREAK) return;
        }
    }

    private boolean passes(Statement.For loop, Object item, Scope scope) {
        fuel.step();
        var turn = scope.inner();
        assign(loop.at(), loop.target(), item, turn);
        return evaluator.isTrue(loop.filter().orElseThrow(), turn);
    }

    private Object filtered(List<Statement> body, Expression filter, Scope scope) {
        var text = new MarkedText.Builder();
        var inner = scope.inner();
        body(body, inner, text);
        inner.set(Statement.BODY, text.build());
        return evaluator.of(filter, inner);
    }

    private void assign(int at, Target target, Object value, Scope scope) {
        evaluator.at(at);
        switch (target) {
            case Target.Variable(String name) -> scope.set(name, value);
            case Target.Member(String namespace, String name) -> {
                if (!(scope.find(namespace).orElse(Value.None.NONE) instanceof Value.Namespace found))
                    throw JinjaFault.type(namespace + " is no namespace, so " + name + " cannot be set in it");
                found.members().put(name, value);
            }
            case Target.Several(List<Target> targets) -> {
                if (value instanceof Value.Undefined undefined) throw JinjaFault.type(undefined.name() + " is undefined");
                var items = Operators.items(value);
                if (items.size() != targets.size())
                    throw JinjaFault.type(items.size() + " values do not fit " + targets.size() + " names");
                for (int i = 0; i < items.size(); i++) assign(at, targets.get(i), items.get(i), scope);
            }
        }
    }

    private Object call(Statement.Macro macro, Arguments arguments, Scope defined) {
        if (++macros > Fuel.DEPTH) throw Fuel.tooDeep();
        fuel.step();
        var scope = defined.inner();
        var named = new HashMap<>(arguments.named());
        if (arguments.positional().size() > macro.parameters().size())
            throw JinjaFault.type("The macro " + macro.name() + " takes at most " + macro.parameters().size() + " arguments");
        for (int i = 0; i < macro.parameters().size(); i++) {
            var parameter = macro.parameters().get(i);
            var given = Optional.ofNullable(named.remove(parameter));
            if (i < arguments.positional().size()) {
                if (given.isPresent()) throw JinjaFault.type("The macro " + macro.name() + " is given " + parameter + " twice");
                given = Optional.of(arguments.positional().get(i));
            }
            scope.set(parameter, given.orElseGet(() -> byDefault(macro, parameter, scope)));
        }
        if (!named.isEmpty()) throw JinjaFault.type("The macro " + macro.name() + " has no argument of that name: " + named.keySet());
        var out = new MarkedText.Builder();
        body(macro.body(), scope, out);
        macros--;
        return out.build();
    }

    private Object byDefault(Statement.Macro macro, String parameter, Scope scope) {
        var expression = macro.defaults().get(parameter);
        return expression == null ? new Value.Undefined(parameter) : evaluator.of(expression, scope);
    }
}
