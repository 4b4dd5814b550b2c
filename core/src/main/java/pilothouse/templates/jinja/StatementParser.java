package pilothouse.templates.jinja;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pilothouse.templates.jinja.Lexer.Kind;
import pilothouse.templates.jinja.Lexer.Token;
import pilothouse.templates.jinja.Statement.Target;

/// Parses a whole template.
final class StatementParser {
    private final Source source;
    private final ExpressionParser expressions;
    private final Set<String> macros = new HashSet<>();
    private int loops;

    private StatementParser(Source source) {
        this.source = source;
        this.expressions = new ExpressionParser(source);
    }

    static List<Statement> parse(Source source) {
        var parser = new StatementParser(source);
        var body = parser.body(Set.of());
        for (var name : parser.expressions.called())
            if (!parser.macros.contains(name.name())) throw parser.expressions.unknown(name.at(), "function", name.name());
        return body;
    }

    /// Statements up to a tag of one of `ends`, of which the name is still to be taken; to the end if there are none.
    private List<Statement> body(Set<String> ends) {
        var body = new ArrayList<Statement>();
        while (true) {
            var token = expressions.peek();
            switch (token.kind()) {
                case TEXT -> body.add(new Statement.Text(expressions.take().at(), MarkedText.plain(token.text())));
                case VARIABLE_BEGIN -> {
                    expressions.take();
                    body.add(new Statement.Output(token.at(), expressions.tuple()));
                    expressions.expect(Kind.VARIABLE_END, "}}");
                }
                case BLOCK_BEGIN -> {
                    expressions.take();
                    if (expressions.peek().kind() == Kind.NAME && ends.contains(expressions.peek().text())) return body;
                    statement(body);
                }
                case END -> {
                    if (ends.isEmpty()) return body;
                    throw expressions.unexpected("{% " + String.join(" %} or {% ", ends.stream().sorted().toList()) + " %}");
                }
                default -> throw expressions.unexpected("text or a tag");
            }
        }
    }

    private List<Statement> nestedBody(String... ends) {
        return expressions.nested(() -> body(Set.of(ends)));
    }

    private void end() {
        expressions.expect(Kind.BLOCK_END, "%}");
    }

    private void endOf(String name) {
        if (!expressions.skipName(name)) throw expressions.unexpected(name);
        end();
    }

    private void statement(List<Statement> body) {
        var name = expressions.expect(Kind.NAME, "a statement");
        switch (name.text()) {
            case "if" -> body.add(condition(name));
            case "for" -> body.add(loop(name));
            case "set" -> body.add(assignment(name));
            case "macro" -> body.add(macro(name));
            case "filter" -> body.add(filterBlock(name));
            case "break", "continue" -> body.add(jump(name));
            case "generation" -> {
                end();
                body.addAll(nestedBody("endgeneration"));
                endOf("endgeneration");
            }
            default -> throw expressions.unknown(name.at(), "statement", name.text());
        }
    }

    private Statement condition(Token name) {
        var tests = new ArrayList<Expression>();
        var bodies = new ArrayList<List<Statement>>();
        do {
            tests.add(expressions.tuple());
            end();
            bodies.add(nestedBody("elif", "else", "endif"));
        } while (expressions.skipName("elif"));
        List<Statement> otherwise = List.of();
        if (expressions.skipName("else")) {
            end();
            otherwise = nestedBody("endif");
        }
        endOf("endif");
        return new Statement.If(name.at(), tests, bodies, otherwise);
    }

    private Statement loop(Token name) {
        var target = target(false);
        if (!expressions.skipName("in")) throw expressions.unexpected("in");
        var over = listToLoopOver();
        Optional<Expression> filter = expressions.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        if (expressions.isName("recursive"))
            throw expressions.unknown(expressions.peek().at(), "kind of loop", "recursive");
        end();
        loops++;
        var body = nestedBody("else", "endfor");
        loops--;
        List<Statement> otherwise = List.of();
        if (expressions.skipName("else")) {
            end();
            otherwise = nestedBody("endfor");
        }
        endOf("endfor");
        return new Statement.For(name.at(), target, over, filter, body, otherwise);
    }

    private Expression listToLoopOver() {
        int at = expressions.peek().at();
        var first = expressions.nested(expressions::or);
        if (!expressions.isOperator(",")) return first;
        var items = new ArrayList<>(List.of(first));
        while (expressions.skipOperator(",")) items.add(expressions.nested(expressions::or));
        return new Expression.Listed(at, Value.Kind.TUPLE, items);
    }

    private Target target(boolean withMembers) {
        var targets = new ArrayList<Target>();
        boolean several = false;
        do {
            if (!targets.isEmpty() && (expressions.isName("in") || expressions.isOperator("=") || expressions.isOperator(")"))) break;
            targets.add(oneTarget(withMembers));
            several |= expressions.isOperator(",");
        } while (expressions.skipOperator(","));
        return several ? new Target.Several(targets) : targets.getFirst();
    }

    private Target oneTarget(boolean withMembers) {
        if (expressions.skipOperator("(")) {
            var inside = expressions.nested(() -> target(withMembers));
            expressions.expectOperator(")");
            return inside;
        }
        var name = expressions.expect(Kind.NAME, "a name");
        if (Set.of("true", "True", "false", "False", "none", "None").contains(name.text()))
            throw source.problem(name.at(), name.text() + " cannot be assigned to", "Choose another name.");
        if (!withMembers || !expressions.skipOperator(".")) return new Target.Variable(name.text());
        var member = expressions.expect(Kind.NAME, "a name");
        if (member.text().startsWith("_"))
            throw source.problem(member.at(), "The attribute " + member.text() + " is not allowed", "Names that begin with _ are internal.");
        return new Target.Member(name.text(), member.text());
    }

    private Statement assignment(Token name) {
        var target = target(true);
        if (expressions.skipOperator("=")) {
            var value = expressions.tuple();
            end();
            return new Statement.Set(name.at(), target, value);
        }
        var filter = expressions.filters(new Expression.Name(name.at(), Statement.BODY));
        end();
        var body = nestedBody("endset");
        endOf("endset");
        return new Statement.SetBlock(name.at(), target, body, filter);
    }

    private Statement filterBlock(Token name) {
        var filter = expressions.filters(expressions.filterNamed(new Expression.Name(name.at(), Statement.BODY)));
        end();
        var body = nestedBody("endfilter");
        endOf("endfilter");
        return new Statement.FilterBlock(name.at(), body, filter);
    }

    private Statement macro(Token keyword) {
        var name = expressions.expect(Kind.NAME, "a name");
        macros.add(name.text());
        var parameters = new ArrayList<String>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        expressions.expectOperator("(");
        while (!expressions.isOperator(")")) {
            if (!parameters.isEmpty()) expressions.expectOperator(",");
            if (expressions.isOperator(")")) break;
            var parameter = expressions.expect(Kind.NAME, "a parameter").text();
            parameters.add(parameter);
            if (expressions.skipOperator("=")) defaults.put(parameter, expressions.expression());
            else if (!defaults.isEmpty()) throw expressions.unexpected("a default");
        }
        expressions.take();
        end();
        int outer = loops;
        loops = 0;   // break and continue do not leave a macro
        var body = nestedBody("endmacro");
        loops = outer;
        endOf("endmacro");
        return new Statement.Macro(keyword.at(), name.text(), parameters, defaults, body);
    }

    private Statement jump(Token name) {
        if (loops == 0) throw source.problem(name.at(), name.text() + " stands outside of a loop", "Move it into one.");
        end();
        return name.text().equals("break") ? new Statement.Break(name.at()) : new Statement.Continue(name.at());
    }
}
