using System.Globalization;
using OpinionPipeline.Model;

namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>
/// Decides whether a candidate may replace the model in force: better on the holdout by more than noise, or
/// better at telling matters apart and on the holdout not worse by more than noise; and no category that is watched falls
/// by more than the margin.
/// </summary>
public static class Gate
{
    private const int MostChanged = 50;

    /// <summary>Compares both models' answers.</summary>
    /// <param name="with">The version in force.</param>
    /// <param name="answers">For each held-out submission what is right and what each model says, as first-level names.</param>
    /// <param name="learntMatters">True where the candidate tells matters apart better, see <see cref="MatterTest"/>.</param>
    /// <param name="options">What is asked of a candidate.</param>
    public static Comparison Compare(
        string with,
        IReadOnlyList<(string Id, string Right, string Candidate, string InForce)> answers,
        bool learntMatters,
        RetrainingOptions options
    )
    {
        if (answers.Count == 0)
            return new()
            {
                With = with,
                Documents = 0,
                Reasons = [TooFew(0, options)],
            };
        var candidate = Evaluation.Of([.. answers.Select(a => (1.0, a.Candidate, a.Right))]);
        var inForce = Evaluation.Of([.. answers.Select(a => (1.0, a.InForce, a.Right))]);
        var test = PairedTest.Of(
            [.. answers.Select(a => (a.Right, a.Candidate, a.InForce))],
            options.Resamples,
            options.Seed
        );
        var categories = candidate
            .PerClass.Zip(
                inForce.PerClass,
                (c, f) =>
                    new CategoryF1(
                        c.Label,
                        c.Support,
                        c.F1,
                        f.F1,
                        c.Support >= options.LeastSupport
                    )
            )
            .ToList();
        var changed = answers.Where(a => a.Candidate != a.InForce).ToList();
        return new()
        {
            With = with,
            Documents = answers.Count,
            MacroF1 = candidate.MacroF1,
            MacroF1InForce = inForce.MacroF1,
            Test = test,
            PerCategory = categories,
            Confusion = Matrix(answers.Select(a => (a.Right, a.Candidate))),
            ConfusionInForce = Matrix(answers.Select(a => (a.Right, a.InForce))),
            Changed =
            [
                .. changed
                    .Take(MostChanged)
                    .Select(a => new ChangedDecision(a.Id, a.Right, a.Candidate, a.InForce)),
            ],
            ChangedCount = changed.Count,
            Reasons = Reasons(answers.Count, test, categories, learntMatters, options),
        };
    }

    private static IReadOnlyList<Confusion> Matrix(
        IEnumerable<(string Right, string Said)> answers
    ) => [.. answers.CountBy(a => a).Select(c => new Confusion(c.Key.Right, c.Key.Said, c.Value))];

    private static List<Rejection> Reasons(
        int documents,
        PairedTest test,
        List<CategoryF1> categories,
        bool learntMatters,
        RetrainingOptions options
    )
    {
        var reasons = new List<Rejection>();
        if (documents < options.LeastHoldout)
            reasons.Add(TooFew(documents, options));
        if (learntMatters ? test.High < 0 : test.Low <= 0)
            reasons.Add(
                Refusal(
                    "gate.notBetter",
                    $"与现用模型的宏平均 F1 之差为 {N(test.Difference)}（95% 区间 {N(test.Low)} 至 {N(test.High)}），未超出误差。",
                    $"Macro-F1 differs from the model in force by {N(test.Difference)} (95% interval {N(test.Low)} to {N(test.High)}): not better by more than noise."
                )
            );
        foreach (
            var fallen in categories.Where(c =>
                c.Watched && c.F1InForce - c.F1 > options.LargestFall
            )
        )
            reasons.Add(
                Refusal(
                    "gate.categoryFell",
                    $"类别“{fallen.Category}”的 F1 由 {N(fallen.F1InForce)} 降至 {N(fallen.F1)}，降幅超过 {N(options.LargestFall)}。",
                    $"The F1 of {fallen.Category} falls from {N(fallen.F1InForce)} to {N(fallen.F1)}, by more than {N(options.LargestFall)}."
                )
            );
        return reasons;
    }

    private static Rejection TooFew(int documents, RetrainingOptions options) =>
        Refusal(
            "gate.holdoutSmall",
            $"留出的标注只有 {documents} 件，至少要 {options.LeastHoldout} 件才能比较。",
            $"Only {documents} labelled submissions are held out; a comparison needs {options.LeastHoldout}."
        );

    private static Rejection Refusal(string code, string zh, string en) =>
        new(code, null, zh, en) { Status = 409 };

    private static string N(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
