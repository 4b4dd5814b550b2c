package pilothouse.runs;

import java.util.List;
import java.util.Optional;
import pilothouse.messages.Message;
import pilothouse.problems.ProblemException;
import pilothouse.runtime.Model;
import pilothouse.runtime.Sampling;
import pilothouse.runtime.Target;
import pilothouse.runtime.Targets;
import pilothouse.tokens.TokenBudget;
import pilothouse.tokens.TokenCount;

/// Says before anything is sent whether it fits.
@FunctionalInterface
public interface BudgetCheck {
    /// The tokens of the messages as the target's model would read them; empty if nobody here can count
    /// them.
    ///
    /// @throws ProblemException if they do not fit into the model's context with the answer
    Optional<TokenCount> check(Target target, List<Message> messages, Sampling sampling);

    /// Lets the local engine count. Other servers are not asked: they judge when they get the request.
    static BudgetCheck local(Targets targets) {
        return (target, messages, sampling) -> {
            if (!target.isLocal()) return Optional.empty();
            var runtime = targets.open(target);
            var count = TokenCount.exact(runtime.tokenize(target.model(), messages).size());
            int context = runtime.models().stream().filter(model -> model.name().equals(target.model()))
                    .mapToInt(Model::contextTokens).findFirst().orElse(0);
            if (context > 0)
                new TokenBudget(context, Math.min(sampling.maxTokens().orElse(1), context)).check(count)
                        .ifPresent(problem -> {
                            throw new ProblemException(problem);
                        });
            return Optional.of(count);
        };
    }
}
