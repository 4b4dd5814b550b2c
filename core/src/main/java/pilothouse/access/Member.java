package pilothouse.access;

/// A person who works here.
public record Member(MemberId id) {
    /// Whoever the operating system says is running the program.
    public static Member ofThisProcess() {
        var name = System.getProperty("user.name", "").replaceAll("\\p{Cntrl}", "").strip();
        return new Member(new MemberId(name.isEmpty() || name.equals("?") ? "unknown" : name.substring(0, Math.min(name.length(), 200))));
    }
}
