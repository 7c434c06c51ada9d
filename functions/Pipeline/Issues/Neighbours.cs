using OpinionPipeline.Pipeline.Documents;
using OpinionPipeline.Pipeline.Duplicates;

namespace OpinionPipeline.Pipeline.Issues;

/// <summary>An earlier submission beside one that looks for its place, and how alike the two are.</summary>
public sealed record Neighbour(Candidate Other, MatterText Text, Similarity Similarity);

/// <summary>The same submission, earlier.</summary>
public sealed record Repeated(Candidate Other, MatterText Text, double Score);

/// <summary>What lay near a submission at some moment.</summary>
/// <param name="Moment">How many fingerprints this process had written before anybody looked.</param>
/// <param name="SharingBands">Those whose sketches share a band with its own, those said last first.</param>
/// <param name="Repetition">The likest of them that it repeats; null where it repeats none.</param>
/// <param name="Around">Null where it is a repetition: then nobody looked further.</param>
public sealed record Neighbourhood(
    long Moment,
    IReadOnlyList<Fingerprint> SharingBands,
    Repeated? Repetition,
    Surroundings? Around
);

/// <summary>Those that may speak of the same matter, or of one of its kind.</summary>
/// <param name="AtPlace">Those that name one of its places, those said last first.</param>
/// <param name="ByTerms">Those that have one of its distinctive terms.</param>
/// <param name="Near">All of them, compared.</param>
public sealed record Surroundings(
    IReadOnlyList<Candidate> AtPlace,
    IReadOnlyList<Candidate> ByTerms,
    IReadOnlyList<Neighbour> Near
);

/// <summary>
/// Finds a submission's neighbours by its keys, and compares. Reads a bounded number of candidates, however many are stored.
/// What was found ahead of a submission's turn is brought up to date by what this process has written since, so that it is
/// what would be found now.
/// </summary>
public sealed class Neighbours(
    IDocumentStore store,
    MatterReader reader,
    MatterSimilarity similarity
)
{
    /// <summary>Read of those that share a band; compared are those of them that share most.</summary>
    private const int MostByBands = 23;
    private const int MostRepetitions = 8;

    /// <summary>Of one place, and of other places with the same words: where many places have one trouble, the one must not
    /// be crowded out by the others.</summary>
    private const int MostAtPlace = 9;
    private const int MostByTerms = 7;
    private const int MostWithoutPlace = 17;

    /// <summary>Fingerprints remembered of those written last: more than are prepared at once.</summary>
    private const int MostRemembered = 256;

    /// <summary>How far apart two may have been said and still be the same submission again.</summary>
    private static readonly TimeSpan RepetitionWindow = TimeSpan.FromDays(120);

    /// <summary>
    /// How far apart two may have been said and still be one matter: of the truth set's pairs with a time 72% lie within
    /// 120 days, 88% within 400, which is how long fingerprints are kept.
    /// </summary>
    private static readonly TimeSpan MatterWindow = TimeSpan.FromDays(Fingerprint.DaysKept);

    private static readonly Container<Candidate> ToCompare =
        Containers.Fingerprints.As<Candidate>();

    private readonly Lock turn = new();
    private readonly Queue<Fingerprint> last = [];
    private long count;

    /// <summary>Writes a submission's fingerprint, by which others find it.</summary>
    /// <returns>False where it stood there before.</returns>
    public async Task<bool> AddAsync(Fingerprint own, CancellationToken cancellation)
    {
        var created = await store.WriteAsync(Containers.Fingerprints.Create(own), cancellation);
        if (created.IsDone)
            lock (turn)
            {
                count++;
                last.Enqueue(own);
                if (last.Count > MostRemembered)
                    last.Dequeue();
            }
        return created.IsDone;
    }

    /// <summary>What lies near a submission now.</summary>
    public async Task<Neighbourhood> LookAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        long moment;
        lock (turn)
            moment = count;
        // Read as last written: of two alike at the same moment at least one sees the other.
        var bands = await CandidatesAsync(
            Containers.Fingerprints,
            own,
            CandidateKeys.Repetition(own),
            MostByBands,
            RepetitionWindow,
            mayLag: false,
            cancellation
        );
        var repetition = RepeatedOf(own, text, bands);
        return new(
            moment,
            bands,
            repetition,
            repetition is null ? await LookAroundAsync(own, text, cancellation) : null
        );
    }

    /// <summary>What lies around a submission now, whether or not it is a repetition.</summary>
    public async Task<Surroundings> LookAroundAsync(
        Fingerprint own,
        MatterText text,
        CancellationToken cancellation
    )
    {
        var places = CandidateKeys.Places(text);
        var atPlace =
            places.Count == 0
                ? []
                : await CandidatesAsync(
                    ToCompare,
                    own,
                    places,
                    MostAtPlace,
                    MatterWindow,
                    mayLag: true,
                    cancellation
                );
        var byTerms = await CandidatesAsync(
            ToCompare,
            own,
            CandidateKeys.Terms(text),
            MostByTermsOf(places),
            MatterWindow,
            mayLag: true,
            cancellation
        );
        return new(atPlace, byTerms, Compared(own, text, atPlace, byTerms, ReadAnew));
    }

    /// <summary>
    /// The likest of those around a submission that it repeats, though their sketches share no band, which happens to one
    /// pair in fourteen of those that are half alike; null where it repeats none.
    /// </summary>
    public static Repeated? RepetitionIn(Surroundings around, Fingerprint own, MatterText text) =>
        Likest(
            around
                .Near.Where(n =>
                    n.Similarity.Matter >= DuplicateCheck.NearlyEqual
                    && n.Other.IsBefore(own)
                    && n.Other.SaidAt >= own.SaidAt - RepetitionWindow
                )
                .Select(n => RepeatedOf(own, text, n.Other, n.Text))
        );

    /// <summary>
    /// What lay near a submission together with what has come since; null where so much has come that it is to be looked for
    /// anew.
    /// </summary>
    public Neighbourhood? UpToDate(Neighbourhood before, Fingerprint own, MatterText text)
    {
        List<Fingerprint> written;
        lock (turn)
        {
            var since = count - before.Moment;
            if (since > last.Count)
                return null;
            // The newest first, as the store has them.
            written = [.. last.TakeLast((int)since).Reverse()];
        }
        var keys = own.Keys.ToHashSet();
        var came = written.FindAll(f => f.Id != own.Id && f.Keys.Any(keys.Contains));
        if (came.Count == 0)
            return before;
        var bands = With(
            before.SharingBands,
            came,
            own,
            CandidateKeys.Repetition(own),
            MostByBands,
            RepetitionWindow
        );
        return before with
        {
            SharingBands = bands,
            Repetition =
                bands == before.SharingBands ? before.Repetition : RepeatedOf(own, text, bands),
            Around = before.Around is { } around ? UpToDate(around, came, own, text) : null,
        };
    }

    private Surroundings UpToDate(
        Surroundings before,
        List<Fingerprint> came,
        Fingerprint own,
        MatterText text
    )
    {
        var places = CandidateKeys.Places(text);
        var atPlace = With(before.AtPlace, came, own, places, MostAtPlace, MatterWindow);
        var byTerms = With(
            before.ByTerms,
            came,
            own,
            CandidateKeys.Terms(text),
            MostByTermsOf(places),
            MatterWindow
        );
        if (atPlace == before.AtPlace && byTerms == before.ByTerms)
            return before;
        var read = before.Near.ToDictionary(n => n.Other.Id, n => n.Text);
        return new(
            atPlace,
            byTerms,
            Compared(
                own,
                text,
                atPlace,
                byTerms,
                other => read.GetValueOrDefault(other.Id) ?? ReadAnew(other)
            )
        );
    }

    private static int MostByTermsOf(IReadOnlyList<string> places) =>
        places.Count == 0 ? MostWithoutPlace : MostByTerms;

    private MatterText ReadAnew(Candidate other) =>
        reader.Read(other.Id, other.Title, other.Body, other.Place);

    // The same list where none of what came belongs into it.
    private static IReadOnlyList<T> With<T>(
        IReadOnlyList<T> found,
        List<Fingerprint> came,
        Fingerprint own,
        IReadOnlyList<string> keys,
        int most,
        TimeSpan window
    )
        where T : Candidate
    {
        var more = came.Where(f =>
                f.SaidAt >= own.SaidAt - window
                && f.SaidAt < own.SaidAt + window
                && f.Keys.Any(keys.Contains)
            )
            .Cast<T>()
            .ToList();
        return more.Count == 0
            ? found
            :
            [
                .. more.Concat(found)
                    .DistinctBy(f => f.Id)
                    .OrderByDescending(f => f.SaidAt)
                    .Take(most),
            ];
    }

    private Repeated? RepeatedOf(Fingerprint own, MatterText text, IReadOnlyList<Fingerprint> bands)
    {
        var asked = CandidateKeys.Repetition(own).ToHashSet();
        return Likest(
            bands
                .Where(c => c.IsBefore(own))
                .OrderByDescending(c => c.Keys.Count(asked.Contains))
                .Take(MostRepetitions)
                .Select(c => RepeatedOf(own, text, c, ReadAnew(c)))
        );
    }

    private static Repeated? Likest(IEnumerable<Repeated?> found) =>
        found
            .OfType<Repeated>()
            .OrderByDescending(c => c.Score)
            .ThenBy(c => c.Other.ReceivedAt)
            .ThenBy(c => c.Other.Id, StringComparer.Ordinal)
            .FirstOrDefault();

    private static Repeated? RepeatedOf(
        Fingerprint own,
        MatterText text,
        Candidate earlier,
        MatterText its
    )
    {
        var twoPeople =
            own.Signature is not null
            && earlier.Signature is not null
            && own.Signature != earlier.Signature;
        return DuplicateCheck.Score(text, its, twoPeople) is { } score
            ? new(earlier, its, score)
            : null;
    }

    private IReadOnlyList<Neighbour> Compared(
        Fingerprint own,
        MatterText text,
        IReadOnlyList<Candidate> atPlace,
        IReadOnlyList<Candidate> byTerms,
        Func<Candidate, MatterText> read
    ) =>
        [
            .. atPlace
                .Concat(byTerms)
                .DistinctBy(o => o.Id)
                .Select(other =>
                {
                    var its = read(other);
                    return new Neighbour(
                        other,
                        its,
                        similarity.Compare(text, its, own.Category == other.Category)
                    );
                }),
        ];

    private async Task<IReadOnlyList<T>> CandidatesAsync<T>(
        Container<T> container,
        Fingerprint own,
        IReadOnlyList<string> keys,
        int most,
        TimeSpan window,
        bool mayLag,
        CancellationToken cancellation
    )
        where T : Candidate
    {
        var page = await store.QueryAsync(
            new Query<T>(container, "byKey", own.Partition)
            {
                AnyOf = keys,
                From = own.SaidAt - window,
                To = own.SaidAt + window,
                // Its own may be among them.
                Limit = most + 1,
                MayLag = mayLag,
            },
            cancellation
        );
        return [.. page.Items.Select(i => i.Document).Where(f => f.Id != own.Id).Take(most)];
    }
}
