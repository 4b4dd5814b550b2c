package pilothouse.templates;

import java.util.Optional;
import pilothouse.problems.ProblemException;

/// Something wrong in a document or template, with the place that an editor can underline.
public final class TemplateProblem extends ProblemException {
    private final String snippet;
    private final int line;
    private final int column;
    private final transient Optional<QuickFix> fix;
    private String rule = "";

    TemplateProblem(String what, Source source, int offset, String remedy) {
        this(what, source, offset, remedy, Optional.empty());
    }

    /// @param fix what would mend it, in the document or snippet that it lies in
    TemplateProblem(String what, Source source, int offset, String remedy, Optional<QuickFix> fix) {
        super(what, source.where(offset), remedy);
        this.fix = fix;
        snippet = source.name();
        line = source.line(offset);
        column = source.column(offset);
    }

    /// The snippet it lies in; empty for the template or document itself.
    public String snippet() {
        return snippet;
    }

    /// 1, 2, 3 … in the document.
    public int line() {
        return line;
    }

    /// 1, 2, 3 … in UTF-16 units.
    public int column() {
        return column;
    }

    /// This problem, found by the rule of that name.
    TemplateProblem by(String rule) {
        this.rule = rule;
        return this;
    }

    /// Which rule found it, such as `duplicate-key`; empty if none that has a name.
    public String rule() {
        return rule;
    }

    /// What would mend it, in the text that it lies in.
    public Optional<QuickFix> fix() {
        return fix;
    }
}
