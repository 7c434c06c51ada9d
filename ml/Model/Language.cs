using Microsoft.ML;
using Microsoft.ML.Data;
using OpinionPipeline.Text;

namespace OpinionPipeline.Model;

/// <summary>What is learnt of a language from texts alone, without labels: how rare its pairs of characters are, which mean alike, and of what many speak.</summary>
/// <param name="Weights">Rarity.</param>
/// <param name="Vectors">Meaning.</param>
/// <param name="Background">Some of its texts.</param>
public sealed record Language(TermWeights Weights, TermVectors Vectors, Background Background)
{
    /// <summary>Points of 64 numbers part matters as well as points of 200 do.</summary>
    private const int Dimensions = 64;

    /// <summary>Rarer pairs than the most frequent so many say little of their meaning.</summary>
    private const int MostTerms = 30_000;

    /// <summary>
    /// Learns from texts: vectors are the principal components of the texts' weighted pairs, by ML.NET's randomised method
    /// (Halko, Martinsson, Tropp 2011). The same texts and seed give the same language.
    /// </summary>
    /// <param name="texts">Each its title and text together.</param>
    /// <param name="seed">Of the method's chance.</param>
    public static Language Learn(IEnumerable<string> texts, int seed)
    {
        var compactTexts = texts.Select(Normalization.Compact).ToList();
        var weights = TermWeights.Build(compactTexts);
        var terms = weights.MostFrequent(MostTerms);
        return new(
            weights,
            terms.Count <= Dimensions
                ? TermVectors.None
                : Components(compactTexts, weights, terms, seed),
            Background.Draw(compactTexts, weights, seed)
        );
    }

    private static TermVectors Components(
        IReadOnlyList<string> compactTexts,
        TermWeights weights,
        IReadOnlyList<string> terms,
        int seed
    )
    {
        var columns = terms.Index().ToDictionary(t => t.Item, t => t.Index);
        var context = new MLContext(seed);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(
            NumberDataViewType.Single,
            terms.Count
        );
        var rows = compactTexts.Select(t => new Row
        {
            Features = Columns(SparseVector.TfIdf(t, weights).Weighted, columns, terms.Count),
        });
        var components = context
            .Transforms.ProjectToPrincipalComponents(
                nameof(Projected.Point),
                nameof(Row.Features),
                rank: Dimensions,
                ensureZeroMean: false,
                seed: seed
            )
            .Fit(context.Data.LoadFromEnumerable(rows, schema));
        // A pair's point is where a text of that pair alone would lie.
        var each = context.Data.LoadFromEnumerable(
            Enumerable
                .Range(0, terms.Count)
                .Select(i => new Row { Features = new(terms.Count, 1, [1f], [i]) }),
            schema
        );
        return TermVectors.Of([
            .. context
                .Data.CreateEnumerable<Projected>(components.Transform(each), reuseRowObject: false)
                .Zip(terms, (row, term) => (term, row.Point)),
        ]);
    }

    private static VBuffer<float> Columns(
        IEnumerable<(string Pair, float Weight)> pairs,
        Dictionary<string, int> columns,
        int size
    )
    {
        var known = pairs
            .Where(p => columns.ContainsKey(p.Pair))
            .Select(p => (Column: columns[p.Pair], p.Weight))
            .OrderBy(p => p.Column)
            .ToList();
        return new(
            size,
            known.Count,
            [.. known.Select(k => k.Weight)],
            [.. known.Select(k => k.Column)]
        );
    }

    private sealed class Row
    {
        public VBuffer<float> Features { get; set; }
    }

    private sealed class Projected
    {
        public float[] Point { get; set; } = [];
    }
}
