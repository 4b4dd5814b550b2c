package pilothouse.formats;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import pilothouse.access.MemberId;
import pilothouse.archives.EntryName;
import pilothouse.json.Json;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.LabelMove;
import pilothouse.prompts.Pin;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptHistory;
import pilothouse.prompts.PromptVersion;
import pilothouse.prompts.VersionHash;

/// A prompt's history as an export keeps it: all but the texts, which lie beside it as files of their own.
record ExportedHistory(Prompt prompt, List<Version> versions, List<LabelMove> labels) {
    private static final String BY_NAME = "prompts/";
    private static final String BY_ID = "ids/";
    private static final String HISTORY = "@history.json";
    private static final int MOST_BYTES_OF_A_PART = 200;

    /// A version without its text.
    ///
    /// @param bytes of the text; -1 if it was erased
    record Version(int number, BranchName branch, List<PromptVersion.Parent> parents, long bytes, VersionHash textHash, List<Pin> pins,
            String message, MemberId author, Instant savedAt, VersionHash hash) {}

    static ExportedHistory of(PromptHistory history) {
        return new ExportedHistory(history.prompt(), history.versions().stream().map(version -> new Version(version.number(), version.branch(),
                version.parents(), version.isErased() ? -1 : bytes(version).length, version.textHash(), version.pins(), version.message(),
                version.author(), version.savedAt(), version.hash())).toList(), history.moves());
    }

    /// @param texts by version number
    PromptHistory with(IntFunction<String> texts) {
        return new PromptHistory(prompt, versions.stream().map(version -> new PromptVersion(prompt.id(), version.number, version.branch,
                version.parents, version.bytes < 0 ? "" : texts.apply(version.number), version.textHash, version.pins, version.message,
                version.author, version.savedAt, version.hash)).toList(), labels);
    }

    byte[] json() {
        return (Json.pretty(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] bytes(PromptVersion version) {
        return version.text().getBytes(StandardCharsets.UTF_8);
    }

    /// Where a prompt's entries lie: by its name, or, where a file of that name is not possible everywhere or another
    /// prompt's differs only in case, by its id. `@` is in no prompt's name.
    ///
    /// @param taken keys of the places before; this one's is added
    static String place(Prompt prompt, Set<String> taken) {
        var name = BY_NAME + prompt.name();
        boolean possible = EntryName.objection(entry(name, Integer.MAX_VALUE)).isEmpty() && prompt.name().path().lines().allMatch(line ->
                java.util.Arrays.stream(line.split("/")).allMatch(part -> part.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES_OF_A_PART));
        return possible && taken.add(EntryName.key(name)) ? name : BY_ID + prompt.id();
    }

    static String entry(String place, int version) {
        return place + "@" + version + ".prompt";
    }

    static String historyEntry(String place) {
        return place + HISTORY;
    }

    /// Where the texts of the history in the entry `file` lie.
    static String placeOf(String file) {
        return file.endsWith(HISTORY) ? file.substring(0, file.length() - HISTORY.length()) : file;
    }

    static Set<String> noneTaken() {
        return new HashSet<>();
    }
}
