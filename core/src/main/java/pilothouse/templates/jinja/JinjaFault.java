package pilothouse.templates.jinja;

/// Something went wrong while a template was rendered; the interpreter adds where.
final class JinjaFault extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final String remedy;

    JinjaFault(String what, String remedy) {
        super(what, null, false, false);
        this.remedy = remedy;
    }

    /// A value has the wrong type, as Python's TypeError.
    static JinjaFault type(String what) {
        return new JinjaFault(what, "Check the values that the template is given, or use another template.");
    }

    String remedy() {
        return remedy;
    }
}
