package pilothouse.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import pilothouse.access.MemberId;
import pilothouse.prompts.BranchName;
import pilothouse.prompts.Draft;
import pilothouse.prompts.Prompt;
import pilothouse.prompts.PromptName;
import pilothouse.prompts.PromptRepository;

/// The prompts that a new workspace begins with, in words that a small model follows.
public final class Examples {
    private static final List<String> NAMES = List.of("support/reply", "writing/summary", "code/explain", "writing/translate");

    private Examples() {}

    /// Adds the examples to a store that holds nothing else; a first start that was cut short is finished.
    ///
    /// @return the prompts added
    public static List<Prompt> addTo(PromptRepository prompts, MemberId author) {
        boolean ownWork = prompts.list().stream().anyMatch(prompt -> !NAMES.contains(prompt.name().path()))
                || !prompts.archived().isEmpty();
        if (ownWork) return List.of();
        return NAMES.stream().map(PromptName::new).filter(name -> prompts.find(name + "@head").isEmpty())
                .map(name -> add(prompts, name, author)).toList();
    }

    private static Prompt add(PromptRepository prompts, PromptName name, MemberId author) {
        var prompt = prompts.find(name).orElseGet(() -> prompts.create(name));
        prompts.save(new Draft(prompt.id(), BranchName.MAIN, 0, text(name), List.of(), "An example to begin with", author));
        return prompt;
    }

    private static String text(PromptName name) {
        var resource = "/examples/" + name.path().replace('/', '-') + ".prompt";
        try (var in = Examples.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("The program lacks its resource " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
