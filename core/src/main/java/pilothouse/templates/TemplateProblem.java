package pilothouse.templates;

import pilothouse.problems.ProblemException;

/// Something wrong in a document or template, with the place that an editor can underline.
public final class TemplateProblem extends ProblemException {
    private final String snippet;
    private final int line;
    private final int column;

    TemplateProblem(String what, Source source, int offset, String remedy) {
        super(what, source.where(offset), remedy);
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
}
