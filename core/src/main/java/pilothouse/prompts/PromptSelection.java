package pilothouse.prompts;

/// Which prompts are meant: one by its name, those of a folder by its name and a `/`, or all by nothing.
public record PromptSelection(String text) {
    public static final PromptSelection ALL = new PromptSelection("");

    /// @throws pilothouse.problems.ProblemException if it is no name
    public PromptSelection {
        var name = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!name.isEmpty()) new PromptName(name);
    }

    public boolean includes(PromptName name) {
        return text.isEmpty() || (text.endsWith("/") ? name.path().startsWith(text) : name.path().equals(text));
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "everything" : text;
    }
}
