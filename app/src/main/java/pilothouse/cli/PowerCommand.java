package pilothouse.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import pilothouse.statistics.power.Design;
import pilothouse.statistics.power.McNemarPower;
import pilothouse.statistics.power.Power;

/// How many cases a comparison needs, and what a data set can show, before anything is run. Needs no workspace.
@Command(name = "power", description = {"How many cases do I need to compare two prompts on the same cases?",
    "Pass or fail by McNemar's test; with --sd, scores by their mean. Shares are written 5%% or 0.05."})
public final class PowerCommand implements Callable<Integer> {
    /// Differences looked at if none is asked for: of pass rates, and in standard deviations of scores.
    private static final double[] USUAL_POINTS = {0.01, 0.02, 0.03, 0.05, 0.10, 0.15, 0.20};
    private static final double[] USUAL_DEVIATIONS = {0.05, 0.1, 0.2, 0.3, 0.5, 0.8};

    private static final double ROUNDING = 1e-9;

    private final Console console;

    @Option(names = "--effect", paramLabel = "SIZE", converter = Share.class,
            description = "The smallest difference worth seeing: a change of the pass rate, or of the mean score. Without it: a table.")
    private Double effect;

    @Option(names = "--margin", paramLabel = "SIZE", converter = Share.class, description = "A difference too small to matter: how many cases show equivalence.")
    private Double margin;

    @Option(names = "--baseline", paramLabel = "SHARE", converter = Share.class, description = "A's pass rate.")
    private Double baseline;

    @Option(names = "--discordance", paramLabel = "SHARE", converter = Share.class,
            description = "Share of the cases on which A and B differ: 20%% if there is no baseline, else as of unrelated answers.")
    private Double discordance;

    @Option(names = "--sd", paramLabel = "SD", description = "Scores: standard deviation of A less B from case to case.")
    private Double sd;

    @Option(names = "--run-sd", paramLabel = "SD", description = "Scores: standard deviation of a prompt's score from run to run of a case.")
    private Double runSd;

    @Option(names = "--runs", paramLabel = "K", description = "Scores: runs a case; 1 if not given.")
    private Integer runs;

    @Option(names = "--cases", paramLabel = "N", description = "What a data set of so many cases can show.")
    private Integer cases;

    @Option(names = "--alpha", paramLabel = "SHARE", converter = Share.class, description = "False alarms, two-sided; 5%% if not given.")
    private double alpha = Power.USUAL.alpha();

    @Option(names = "--power", paramLabel = "SHARE", converter = Share.class, description = "Chance of seeing what is there; 80%% if not given.")
    private double power = Power.USUAL.power();

    @Option(names = "--family-size", paramLabel = "M", description = "Cases of a family (same document, same template) on average; 1 if not given.")
    private double familySize = 1;

    @Option(names = "--family-correlation", paramLabel = "R", description = "How alike the differences within a family are, 0 to 1; 1, the most careful, if not given.")
    private double familyCorrelation = 1;

    public PowerCommand(Console console) {
        this.console = console;
    }

    /// "5%" or "0.05".
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double share = text.endsWith("%") ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100 : Double.parseDouble(text);
                if (Double.isFinite(share)) return share;
            } catch (NumberFormatException _) { // said below
            }
            throw new TypeConversionException("'" + text + "' is no number: write 5% or 0.05");
        }
    }

    @Override
    public Integer call() {
        refuseWhatCannotBe();
        try {
            var report = new Report(tests());
            if (console.json()) console.jsonLine(report.json());
            else report.print();
        } catch (IllegalArgumentException e) { // from the options: nothing else goes in
            throw wrong(e.getMessage());
        } catch (ArithmeticException _) {
            throw wrong("More cases than can be counted");
        }
        return ExitCode.OK.code();
    }

    private void refuseWhatCannotBe() {
        if (effect != null && effect == 0) throw wrong("--effect is 0, and no number of cases shows that");
        if (margin != null && margin <= 0) throw wrong("--margin is not above 0");
        if (sd != null && !(sd > 0 && sd < Double.POSITIVE_INFINITY)) throw wrong("--sd is not a number above 0");
        if (runSd != null && !(runSd >= 0 && runSd < Double.POSITIVE_INFINITY)) throw wrong("--run-sd is not a number from 0 on");
        if (runs != null && runs < 1) throw wrong("--runs is below 1");
        if (cases != null && cases < 1) throw wrong("--cases is below 1");
    }

    private static UsageProblem wrong(String what) {
        return new UsageProblem(what, "pilothouse power", "Shares are written 5% or 0.05; `pilothouse power --help` names the options");
    }

    /// The tests that can be chosen for such data, by name.
    private Map<String, Design> tests() {
        var aim = new Power(alpha, power);
        double families = Power.designEffect(familySize, familyCorrelation);
        var tests = new LinkedHashMap<String, Design>();
        if (sd == null) {
            if (runSd != null || runs != null) throw new IllegalArgumentException("--run-sd and --runs go with --sd");
            tests.put("exact McNemar", new Design.PassRates(aim, McNemarPower.Test.EXACT, optional(discordance), optional(baseline), families));
            tests.put("mid-p McNemar", new Design.PassRates(aim, McNemarPower.Test.MID_P, optional(discordance), optional(baseline), families));
            return tests;
        }
        if (discordance != null || baseline != null) throw new IllegalArgumentException("--sd is for scores, --discordance and --baseline for pass or fail");
        double variance = runSd == null ? 0 : runSd * runSd;
        var variances = new Power.Variances(sd * sd, variance, variance);
        for (int k : runs != null ? new int[] {runs} : runSd == null ? new int[] {1} : new int[] {1, 2, 5, 10})
            tests.put(k == 1 ? "1 run a case" : k + " runs a case", new Design.Scores(aim, variances.ofDifference(k), families));
        return tests;
    }

    private static OptionalDouble optional(Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /// What is said, for people and for programs.
    private final class Report {
        private final Map<String, Design> tests;
        private final Design usual;
        private final boolean scores = sd != null;
        private final double[] effects;

        Report(Map<String, Design> tests) {
            this.tests = tests;
            usual = tests.values().iterator().next();
            effects = effect != null ? new double[] {effect} : margin != null || cases != null ? new double[0]
                    : usual instanceof Design.PassRates rates ? DoubleStream.of(USUAL_POINTS).filter(e -> e <= rates.most() + ROUNDING).toArray()
                    : DoubleStream.of(USUAL_DEVIATIONS).map(e -> e * sd).toArray();
        }

        void print() {
            var changes = rows(effects, Design::cases); // all is calculated before anything is said: it may be impossible
            var equivalence = rows(margin == null ? new double[0] : new double[] {margin},
                    (design, size) -> OptionalInt.of(design.casesForEquivalence(size)));
            var shown = cases == null ? List.<String>of() : tests.entrySet().stream().map(test -> shown(test.getKey(), test.getValue())).toList();
            console.line(supposed());
            table("to see a change of", changes);
            table("to show no change beyond", equivalence);
            shown.forEach(console::line);
        }

        private interface Needed {
            OptionalInt cases(Design design, double size);
        }

        private List<List<String>> rows(double[] sizes, Needed needed) {
            var rows = new ArrayList<List<String>>();
            for (double size : sizes) {
                var row = new ArrayList<>(List.of(size(size)));
                for (var design : tests.values()) {
                    var count = needed.cases(design, size);
                    row.add(count.isPresent() ? "%,d".formatted(count.getAsInt()) : "over 1,000,000");
                }
                rows.add(row);
            }
            return rows;
        }

        private void table(String heading, List<List<String>> rows) {
            if (rows.isEmpty()) return;
            var headings = new ArrayList<>(List.of(heading));
            tests.keySet().forEach(name -> headings.add(name + ", cases"));
            console.table(headings, rows);
        }

        private String supposed() {
            var families = familySize == 1 ? "" : "; families of %s cases count as %s".formatted(number(familySize), number(familySize / usual.designEffect()));
            var what = usual instanceof Design.PassRates rates
                    ? "Pass or fail on the same cases, A and B differing on %s of them".formatted(percent(rates.discordance(effects.length == 1 ? effects[0] : 0)))
                    : "Scores on the same cases, standard deviation %s from case to case".formatted(number(sd)) + (runSd == null ? "" : ", %s from run to run".formatted(number(runSd)));
            return "%s; alpha %s two-sided, power %s%s.".formatted(what, number(alpha), percent(power), families);
        }

        private String shown(String name, Design design) {
            var seen = design.effect(cases);
            return "%,d cases, %s: %s; if there is none, one beyond ±%s can be ruled out%s.".formatted(cases, name,
                    seen.isPresent() ? "a change of %s or more is seen".formatted(size(seen.getAsDouble())) : "no change can be seen",
                    size(design.margin(cases)), effect == null ? "" : "; a change of %s is seen with %s power".formatted(size(effect), percent(design.power(cases, effect))));
        }

        private String size(double size) {
            if (scores) return number(size);
            var points = percent(size).replace(" %", "");
            return points + (points.equals("1") ? " point" : " points");
        }

        Map<String, Object> json() {
            var json = new LinkedHashMap<String, Object>();
            json.put("kind", scores ? "scores" : "pass-fail");
            json.put("alpha", alpha);
            json.put("power", power);
            json.put("designEffect", usual.designEffect());
            json.put("tests", tests.entrySet().stream().map(test -> json(test.getKey(), test.getValue())).toList());
            return json;
        }

        private Map<String, Object> json(String name, Design design) {
            var json = new LinkedHashMap<String, Object>();
            json.put("test", name);
            json.put("needed", DoubleStream.of(effects).mapToObj(size -> needed(design, size)).toList());
            if (margin != null) json.put("equivalence", Map.of("margin", margin, "cases", design.casesForEquivalence(margin)));
            if (cases != null) {
                var shown = new LinkedHashMap<String, Object>();
                shown.put("cases", cases);
                design.effect(cases).ifPresent(seen -> shown.put("effect", seen));
                shown.put("margin", design.margin(cases));
                if (effect != null) shown.put("power", design.power(cases, effect));
                json.put("shown", shown);
            }
            return json;
        }

        private Map<String, Object> needed(Design design, double size) {
            var json = new LinkedHashMap<String, Object>();
            json.put("effect", size);
            if (design instanceof Design.PassRates rates) json.put("discordance", rates.discordance(size));
            design.cases(size).ifPresent(count -> json.put("cases", count));
            return json;
        }
    }

    /// Up to three digits behind the point that say something.
    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceFirst("\\.?0+$", "");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", 100 * share).replaceFirst("\\.0$", "") + " %";
    }
}
