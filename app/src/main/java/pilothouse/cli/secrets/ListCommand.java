package pilothouse.cli.secrets;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import pilothouse.cli.Console;
import pilothouse.cli.ExitCode;
import pilothouse.problems.Problem;
import pilothouse.problems.ProblemException;
import pilothouse.secrets.SecretPlace;
import picocli.CommandLine.Command;

/// Lists the names of the secrets.
@Command(name = "list", description = "List the names of the keys, and which places there are. No key is shown.")
public final class ListCommand implements Callable<Integer> {
    private final Console console;
    private final List<SecretPlace> places;

    public ListCommand(Console console, List<SecretPlace> places) {
        this.console = console;
        this.places = places;
    }

    private record Looked(SecretPlace place, List<String> names, Optional<Problem> problem) {
        static Looked into(SecretPlace place) {
            try {
                return new Looked(place, place.names().stream().map(name -> place.prefix() + name).toList(), Optional.empty());
            } catch (ProblemException e) {
                return new Looked(place, List.of(), Optional.of(e.problem()));
            }
        }

        Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("prefix", place.prefix());
            json.put("place", place.description());
            json.put("names", names);
            problem.ifPresent(why -> json.put("problem", why));
            return json;
        }
    }

    @Override
    public Integer call() {
        var looked = places.stream().map(Looked::into).toList();
        if (console.json()) console.jsonLine(Map.of("places", looked.stream().map(Looked::json).toList()));
        else print(looked);
        return ExitCode.OK.code();
    }

    private void print(List<Looked> looked) {
        var rows = new ArrayList<List<String>>();
        for (var each : looked) {
            each.names().forEach(name -> rows.add(List.of(name, each.place().description())));
            each.problem().ifPresent(console::problem);
        }
        if (rows.isEmpty()) console.notice("No key is kept. `pilothouse secrets add keyring:NAME` or `file:NAME` keeps one.");
        else console.table(List.of("name", "where"), rows);
    }
}
