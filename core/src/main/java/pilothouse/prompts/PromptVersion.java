package pilothouse.prompts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import pilothouse.access.MemberId;
import pilothouse.json.CanonicalJson;
import pilothouse.store.Hashes;

/// One saved state of a prompt's text. Never changed: a correction is a new version.
///
/// @param number   1, 2, 3 ... within the prompt, over all its branches, without gaps
/// @param parents  versions it grew from: none, one, or two after a merge
/// @param text     the prompt document, exactly as saved, at most [#MAX_CHARS] UTF-16 units
/// @param textHash SHA-256 of the text's UTF-8 bytes
/// @param pins     the versions of the snippets that it uses, by name
/// @param hash     SHA-256 of the canonical JSON of all other components, the text by its hash; it holds
///                 the parents' hashes, so it stands for the whole history
public record PromptVersion(PromptId prompt, int number, BranchName branch, List<Parent> parents, String text,
        VersionHash textHash, List<Pin> pins, String message, MemberId author, Instant savedAt, VersionHash hash) {
    public static final int MAX_CHARS = 1 << 23;

    /// Begins the name that an erased author has.
    static final String ERASED_AUTHOR = "erased-";

    /// What an erased message says, before the [#seal].
    private static final String ERASED_MESSAGE = "(erased)";

    private static final String NOTHING = Hashes.sha256("");

    /// A version that another grew from.
    public record Parent(int number, VersionHash hash) {}

    public PromptVersion {
        if (number < 1) throw new IllegalArgumentException(prompt + " version " + number + ": numbers start at 1");
        if (text.length() > MAX_CHARS)
            throw new IllegalArgumentException(prompt + ": " + text.length() + " characters, the most is " + MAX_CHARS);
        parents = List.copyOf(parents);
        pins = List.copyOf(pins);
    }

    /// The version that `draft` becomes.
    static PromptVersion of(Draft draft, int number, List<Parent> parents, List<Pin> pins, Instant savedAt) {
        var textHash = new VersionHash(Hashes.sha256(draft.text()));
        var hash = hash(draft.prompt(), number, draft.branch(), parents, textHash, pins, draft.message(), draft.author(), savedAt);
        return new PromptVersion(draft.prompt(), number, draft.branch(), parents, draft.text(), textHash, pins,
                draft.message(), draft.author(), savedAt, hash);
    }

    /// Whether its text was erased: then only the text's hash is left of it.
    public boolean isErased() {
        return text.isEmpty() && !textHash.hex().equals(NOTHING);
    }

    /// Whether both hashes are those of what it holds; or, if something of it was erased, whether what is left is what the
    /// erasing has sealed.
    public boolean isIntact() {
        return (isErased() || textHash.hex().equals(Hashes.sha256(text)))
                && (hash.equals(hash(prompt, number, branch, parents, textHash, pins, message, author, savedAt)) && !isErased()
                || message.equals(seal()));
    }

    /// The message of a version of which something was erased. It binds what is left to the hash that the version had, by
    /// which later versions know it, and to its place: SHA-256 of the canonical JSON of all components but text and message.
    String seal() {
        return ERASED_MESSAGE + " " + Hashes.sha256(CanonicalJson.of(Map.of("prompt", prompt, "number", number, "branch", branch, "parents", parents,
                "text", textHash, "textErased", isErased(), "pins", pins, "author", author, "savedAt", savedAt.toString(), "hash", hash)));
    }

    private static VersionHash hash(PromptId prompt, int number, BranchName branch, List<Parent> parents,
            VersionHash textHash, List<Pin> pins, String message, MemberId author, Instant savedAt) {
        return new VersionHash(Hashes.sha256(CanonicalJson.of(Map.of("prompt", prompt, "number", number,
                "branch", branch, "parents", parents, "text", textHash, "pins", pins, "message", message,
                "author", author, "savedAt", savedAt.toString()))));
    }
}
