package pilothouse.templates.jinja;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import pilothouse.problems.ProblemException;

/// A chat template: the part of Jinja that such templates use, read with the settings of Hugging Face transformers
/// (`trim_blocks`, `lstrip_blocks`, no autoescape, loop controls, its `tojson`), but strict: what is not known is
/// refused when parsed, and what is undefined cannot become text. Immutable, for any thread.
public final class JinjaTemplate {
    private static final int MOST_CHARACTERS = 1 << 18;

    private final Source source;
    private final List<Statement> body;

    private JinjaTemplate(Source source, List<Statement> body) {
        this.source = source;
        this.body = body;
    }

    /// @throws ProblemException naming line and column, if it is broken or uses a statement, filter, test, method
    ///         or function that is not known
    public static JinjaTemplate parse(String template) {
        if (template.length() > MOST_CHARACTERS)
            throw new ProblemException("The chat template has " + template.length() + " characters, the most is " + MOST_CHARACTERS,
                    "chat template", "Use another template.");
        var source = Source.of(template);
        return new JinjaTemplate(source, StatementParser.parse(source));
    }

    /// The text that it makes of `values`: texts, [MarkedText]s, numbers, booleans, nulls, lists and maps of such.
    ///
    /// @param clock what `strftime_now` reads
    /// @throws ProblemException naming line and column, if the template raises it, if a value does not fit, or if
    ///         it does more than 100,000 steps, makes more than 1,000,000 characters or nests deeper than 50
    public MarkedText render(Map<String, ?> values, Clock clock) {
        var fuel = new Fuel();
        var evaluator = new Evaluator(fuel, clock);
        var scope = Scope.outermost();
        values.forEach((name, value) -> scope.set(name, Value.of(value)));
        var out = new MarkedText.Builder();
        try {
            new Interpreter(evaluator, fuel).run(body, scope, out);
        } catch (JinjaFault fault) {
            throw source.problem(evaluator.at(), fault.getMessage(), fault.remedy());
        }
        return out.build();
    }
}
