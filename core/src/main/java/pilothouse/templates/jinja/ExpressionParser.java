package pilothouse.templates.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import pilothouse.problems.ProblemException;
import pilothouse.templates.jinja.Lexer.Kind;
import pilothouse.templates.jinja.Lexer.Token;

/// Parses expressions; knows every filter, test, method and function, and refuses others by name. Source of the
/// grammar: Jinja 3.1's `parser.py`, read as a specification.
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");

    private final Source source;
    private final List<Token> tokens;
    private final List<Expression.Name> called = new ArrayList<>();   // must be macros
    private int next;
    private int depth;

    ExpressionParser(Source source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    Token peek() {
        return tokens.get(next);
    }

    private Token peekSecond() {
        return tokens.get(Math.min(next + 1, tokens.size() - 1));
    }

    Token take() {
        var token = tokens.get(next);
        if (next < tokens.size() - 1) next++;
        return token;
    }

    boolean isOperator(String text) {
        return peek().is(Kind.OPERATOR, text);
    }

    boolean isName(String text) {
        return peek().is(Kind.NAME, text);
    }

    boolean skipOperator(String text) {
        if (!isOperator(text)) return false;
        take();
        return true;
    }

    boolean skipName(String text) {
        if (!isName(text)) return false;
        take();
        return true;
    }

    void expectOperator(String text) {
        if (!skipOperator(text)) throw unexpected(text);
    }

    Token expect(Kind kind, String wanted) {
        if (peek().kind() != kind) throw unexpected(wanted);
        return take();
    }

    ProblemException unexpected(String wanted) {
        var found = peek().kind() == Kind.END ? "the end of the template" : "\"" + peek().text().strip() + "\"";
        return source.problem(peek().at(), "Expected " + wanted + " but found " + found, "Correct the template.");
    }

    List<Expression.Name> called() {
        return called;
    }

    /// Counts how deep brackets and blocks are nested while `part` is parsed.
    <T> T nested(Supplier<T> part) {
        if (++depth > Fuel.DEPTH)
            throw source.problem(peek().at(), "The template nests more than " + Fuel.DEPTH + " deep", "Simplify it.");
        var result = part.get();
        depth--;
        return result;
    }

    /// `a, b, c` or one expression.
    Expression tuple() {
        int at = peek().at();
        var first = expression();
        if (!isOperator(",")) return first;
        var items = new ArrayList<>(List.of(first));
        while (skipOperator(",") && !endsTuple()) items.add(expression());
        return new Expression.Listed(at, Value.Kind.TUPLE, items);
    }

    private boolean endsTuple() {
        return peek().kind() == Kind.BLOCK_END || peek().kind() == Kind.VARIABLE_END || isOperator(")") || isName("if");
    }

    Expression expression() {
        return nested(this::conditional);
    }

    private Expression conditional() {
        var value = or();
        while (isName("if")) {
            int at = take().at();
            var test = or();
            Optional<Expression> otherwise = skipName("else") ? Optional.of(expression()) : Optional.empty();
            value = new Expression.Conditional(at, test, value, otherwise);
        }
        return value;
    }

    /// An expression without `… if … else`, for the list of a `for` that may have a filter.
    Expression or() {
        var left = and();
        while (isName("or")) left = new Expression.Both(take().at(), false, left, and());
        return left;
    }

    private Expression and() {
        var left = not();
        while (isName("and")) left = new Expression.Both(take().at(), true, left, not());
        return left;
    }

    private Expression not() {
        if (!isName("not")) return comparison();
        int at = take().at();
        return new Expression.Not(at, nested(this::not));
    }

    private Expression comparison() {
        int at = peek().at();
        var operands = new ArrayList<>(List.of(sum()));
        var operators = new ArrayList<String>();
        while (true) {
            if (peek().kind() == Kind.OPERATOR && COMPARISONS.contains(peek().text())) operators.add(take().text());
            else if (skipName("in")) operators.add("in");
            else if (isName("not") && peekSecond().is(Kind.NAME, "in")) {
                take();
                take();
                operators.add("not in");
            } else break;
            operands.add(sum());
        }
        return operators.isEmpty() ? operands.getFirst() : new Expression.Compared(at, operands, operators);
    }

    private Expression sum() {
        var left = joined();
        while (isOperator("+") || isOperator("-")) left = binary(left, this::joined);
        return left;
    }

    private Expression binary(Expression left, Supplier<Expression> operand) {
        var operator = take();
        return new Expression.Binary(operator.at(), operator.text(), left, operand.get());
    }

    private Expression joined() {
        int at = peek().at();
        var parts = new ArrayList<>(List.of(product()));
        while (skipOperator("~")) parts.add(product());
        return parts.size() == 1 ? parts.getFirst() : new Expression.Joined(at, parts);
    }

    private Expression product() {
        var left = power();
        while (isOperator("*") || isOperator("/") || isOperator("//") || isOperator("%")) left = binary(left, this::power);
        return left;
    }

    private Expression power() {
        var left = unary(true);
        while (isOperator("**")) left = binary(left, () -> unary(true));
        return left;
    }

    private Expression unary(boolean filters) {
        Expression value;
        if (isOperator("-") || isOperator("+")) {
            var sign = take();
            value = new Expression.Negated(sign.at(), sign.text().equals("-"), nested(() -> unary(false)));
        } else {
            value = primary();
        }
        value = postfix(value);
        return filters ? filtersAndTests(value) : value;
    }

    private Expression primary() {
        var token = peek();
        return switch (token.kind()) {
            case NAME -> name(take());
            case STRING -> strings(take());
            case INTEGER -> new Expression.Literal(take().at(), integer(token));
            case FLOAT -> new Expression.Literal(take().at(), Double.parseDouble(token.text().replace("_", "")));
            case OPERATOR -> bracketed(token);
            default -> throw unexpected("a value");
        };
    }

    private Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(token.at(), true);
            case "false", "False" -> new Expression.Literal(token.at(), false);
            case "none", "None" -> new Expression.Literal(token.at(), Value.None.NONE);
            default -> new Expression.Name(token.at(), token.text());
        };
    }

    private Expression strings(Token first) {
        var text = new StringBuilder(first.text());
        while (peek().kind() == Kind.STRING) text.append(take().text());
        return new Expression.Literal(first.at(), MarkedText.plain(text.toString()));
    }

    private Long integer(Token token) {
        var digits = token.text().replace("_", "").toLowerCase(java.util.Locale.ROOT);
        int radix = digits.startsWith("0x") ? 16 : digits.startsWith("0o") ? 8 : digits.startsWith("0b") ? 2 : 10;
        var value = new BigInteger(radix == 10 ? digits : digits.substring(2), radix);
        if (value.bitLength() > 63) throw source.problem(token.at(), "The number " + token.text() + " is too large", "Use a smaller one.");
        return value.longValue();
    }

    private Expression bracketed(Token open) {
        return switch (open.text()) {
            case "(" -> {
                take();
                if (skipOperator(")")) yield new Expression.Listed(open.at(), Value.Kind.TUPLE, List.of());
                var inside = tuple();
                expectOperator(")");
                yield inside;
            }
            case "[" -> {
                take();
                var items = new ArrayList<Expression>();
                while (!isOperator("]")) {
                    if (!items.isEmpty()) expectOperator(",");
                    if (isOperator("]")) break;
                    items.add(expression());
                }
                take();
                yield new Expression.Listed(open.at(), Value.Kind.LIST, items);
            }
            case "{" -> mapped(take());
            default -> throw unexpected("a value");
        };
    }

    private Expression mapped(Token open) {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!isOperator("}")) {
            if (!keys.isEmpty()) expectOperator(",");
            if (isOperator("}")) break;
            keys.add(expression());
            expectOperator(":");
            values.add(expression());
        }
        take();
        return new Expression.Mapped(open.at(), keys, values);
    }

    private Expression postfix(Expression start) {
        var value = start;
        while (true) {
            if (isOperator(".")) value = attribute(value);
            else if (isOperator("[")) value = subscript(value);
            else if (isOperator("(")) value = call(value);
            else return value;
        }
    }

    private Expression attribute(Expression of) {
        int at = take().at();
        if (peek().kind() == Kind.INTEGER) return new Expression.Item(at, of, new Expression.Literal(peek().at(), integer(take())));
        var name = expect(Kind.NAME, "a name");
        if (name.text().startsWith("_"))
            throw source.problem(name.at(), "The attribute " + name.text() + " is not allowed", "Names that begin with _ are internal.");
        return new Expression.Attribute(name.at(), of, name.text());
    }

    private Expression subscript(Expression of) {
        int at = take().at();
        Optional<Expression> from = isOperator(":") ? Optional.empty() : Optional.of(expression());
        if (from.isPresent() && !isOperator(":")) {
            expectOperator("]");
            return new Expression.Item(at, of, from.get());
        }
        expectOperator(":");
        var to = bound();
        Optional<Expression> step = skipOperator(":") ? bound() : Optional.empty();
        expectOperator("]");
        return new Expression.Slice(at, of, from, to, step);
    }

    private Optional<Expression> bound() {
        return isOperator(":") || isOperator("]") ? Optional.empty() : Optional.of(expression());
    }

    private Expression call(Expression callee) {
        int at = callee.at();
        switch (callee) {
            case Expression.Name name -> {
                if (!Functions.NAMES.contains(name.name())) called.add(name);
            }
            case Expression.Attribute method -> {
                if (!Methods.NAMES.contains(method.name())) throw unknown(method.at(), "method", method.name());
            }
            default -> throw source.problem(at, "Only functions, macros and methods can be called", "Correct the template.");
        }
        return new Expression.Call(at, callee, args());
    }

    ProblemException unknown(int at, String kind, String name) {
        return source.problem(at, "The " + kind + " \"" + name + "\" is not known", "Use another template, or write it without it.");
    }

    /// `(a, b, name=c)`
    Expression.Args args() {
        expectOperator("(");
        var positional = new ArrayList<Expression>();
        var named = new LinkedHashMap<String, Expression>();
        while (!isOperator(")")) {
            if (!positional.isEmpty() || !named.isEmpty()) expectOperator(",");
            if (isOperator(")")) break;
            if (isOperator("*") || isOperator("**")) throw unexpected("an argument");
            if (peek().kind() == Kind.NAME && peekSecond().is(Kind.OPERATOR, "=")) {
                var name = take();
                take();
                if (named.put(name.text(), expression()) != null)
                    throw source.problem(name.at(), "The argument " + name.text() + " is given twice", "Remove one.");
            } else if (named.isEmpty()) {
                positional.add(expression());
            } else {
                throw unexpected("a named argument");
            }
        }
        take();
        return new Expression.Args(positional, named);
    }

    private Expression filtersAndTests(Expression start) {
        var value = start;
        while (true) {
            if (isOperator("|")) value = filter(value);
            else if (isName("is")) value = test(value);
            else if (isOperator("(")) value = call(value);
            else return value;
        }
    }

    /// `| name(args)`, and more of them where `filter` or `set` blocks end.
    Expression filters(Expression start) {
        var value = start;
        while (isOperator("|")) value = filter(value);
        return value;
    }

    private Expression filter(Expression input) {
        take();
        return filterNamed(input);
    }

    Expression filterNamed(Expression input) {
        var name = expect(Kind.NAME, "a filter");
        if (!Filters.NAMES.contains(name.text())) throw unknown(name.at(), "filter", name.text());
        var args = isOperator("(") ? args() : Expression.Args.NONE;
        if (!args.positional().isEmpty() && args.positional().getFirst() instanceof Expression.Literal(int at, MarkedText given)
                && name.text().equals("map") && !Filters.NAMES.contains(given.text()))
            throw unknown(at, "filter", given.text());
        int tested = Filters.testArgument(name.text());
        if (tested >= 0 && args.positional().size() > tested
                && args.positional().get(tested) instanceof Expression.Literal(int at, MarkedText given)
                && !Predicates.NAMES.contains(given.text()))
            throw unknown(at, "test", given.text());
        return new Expression.Filter(name.at(), input, name.text(), args);
    }

    private Expression test(Expression input) {
        take();
        boolean negated = skipName("not");
        var name = expect(Kind.NAME, "a test");
        if (!Predicates.NAMES.contains(name.text())) throw unknown(name.at(), "test", name.text());
        var args = Expression.Args.NONE;
        if (isOperator("(")) args = args();
        else if (startsTestArgument()) args = new Expression.Args(List.of(postfix(primary())), java.util.Map.of());
        return new Expression.Test(name.at(), input, name.text(), args, negated);
    }

    private boolean startsTestArgument() {
        return switch (peek().kind()) {
            case NAME -> !Set.of("else", "or", "and", "is", "if", "in", "not").contains(peek().text());
            case STRING, INTEGER, FLOAT -> true;
            case OPERATOR -> isOperator("[") || isOperator("{");
            default -> false;
        };
    }
}
