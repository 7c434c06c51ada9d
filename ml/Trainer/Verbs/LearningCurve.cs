using OpinionPipeline.Model;

namespace OpinionPipeline.Trainer.Verbs;

/// <summary>
/// Plays the labelling of texts whose labels are known: four fifths are the pool that is labelled from, one fifth is
/// measured on, no near duplicate on both sides.
/// </summary>
internal sealed class LearningCurve
{
    private readonly LabelledText[] pool;
    private readonly List<LabelledText> test;
    private readonly List<LabelledText> seeds;
    private readonly int seed;
    private readonly CancellationToken cancellation;

    public LearningCurve(
        List<LabelledText> texts,
        List<LabelledText> seeds,
        int seed,
        CancellationToken cancellation
    )
    {
        var folds = Folds.Assign(texts, 5, seed);
        pool = [.. texts.Where((_, i) => folds[i] != 0)];
        test = [.. texts.Where((_, i) => folds[i] == 0)];
        new Random(seed).Shuffle(pool);
        (this.seeds, this.seed, this.cancellation) = (seeds, seed, cancellation);
    }

    /// <summary>So many of the pool as they come.</summary>
    public IEnumerable<(int Real, Evaluation Good)> Random(IEnumerable<int> sizes) =>
        sizes.Select(size => Measure([.. pool.Take(size)]));

    /// <summary>So many of the pool as <see cref="LabellingOrder"/> chooses them, trained anew after each batch.</summary>
    public IEnumerable<(int Real, Evaluation Good)> Active(IEnumerable<int> sizes)
    {
        var labelled = new List<LabelledText>();
        var left = pool.ToList();
        foreach (var size in sizes)
        {
            while (labelled.Count < size && left.Count > 0)
            {
                var count = Math.Min(Batch(labelled.Count), size - labelled.Count);
                // All that is left needs no choice.
                IReadOnlyList<int> next =
                    size >= pool.Length
                        ? [.. Enumerable.Range(0, left.Count)]
                        : LabellingOrder.Choose(Margins(labelled, left), count);
                labelled.AddRange(next.Select(i => left[i]));
                var gone = next.ToHashSet();
                left = [.. left.Where((_, i) => !gone.Contains(i))];
            }
            yield return Measure(labelled);
        }
    }

    // What a person labels in an afternoon; more once a batch changes the model little.
    private static int Batch(int labelled) =>
        labelled switch
        {
            < 300 => 50,
            < 1000 => 100,
            _ => 500,
        };

    private List<Unlabelled> Margins(List<LabelledText> labelled, List<LabelledText> left)
    {
        var model = Train(labelled, 2);
        return
        [
            .. left.Zip(
                model.PredictAll(left.Select(t => (t.Title, t.Body))),
                (t, p) => new Unlabelled(t.Title, t.Body, p.Margin)
            ),
        ];
    }

    private (int Real, Evaluation Good) Measure(List<LabelledText> labelled)
    {
        var predictions = Train(labelled, 5).PredictAll(test.Select(t => (t.Title, t.Body)));
        return (
            labelled.Count,
            Evaluation.Of([.. test.Zip(predictions, (t, p) => (p.Confidence, p.Label, t.Label))])
        );
    }

    private TextClassifier Train(List<LabelledText> labelled, int folds) =>
        ClassifierTrainer.Train(
            labelled.Count == 0 ? seeds : Seeds.Beside(labelled, seeds),
            new TrainingOptions { Seed = seed, Folds = folds },
            TimeProvider.System.GetUtcNow(),
            null,
            cancellation
        );
}
