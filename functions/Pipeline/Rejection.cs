namespace OpinionPipeline.Pipeline;

/// <summary>
/// Why something was not taken: an expected refusal, told to whoever sent it. Bugs and broken machines are exceptions.
/// </summary>
/// <param name="Code">Stable, for scripts: <c>title.required</c>, <c>row.tooManyColumns</c>, …</param>
/// <param name="Field">The field at fault by its JSON or column name; null where it is the whole.</param>
/// <param name="Zh">The reason in Chinese.</param>
/// <param name="En">The reason in English.</param>
public sealed record Rejection(string Code, string? Field, string Zh, string En)
{
    /// <summary>The HTTP status that fits, 400 unless said otherwise.</summary>
    public int Status { get; init; } = 400;
}

/// <summary>Either a value or the reasons why there is none.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, IReadOnlyList<Rejection> rejections) =>
        (this.value, Rejections) = (value, rejections);

    /// <summary>Empty where there is a value.</summary>
    public IReadOnlyList<Rejection> Rejections { get; }

    /// <summary>True where there is a value.</summary>
    public bool IsOk => Rejections.Count == 0;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public T Value => IsOk ? value! : throw new InvalidOperationException(Rejections[0].En);

    /// <summary>A value of an interface's type, which no conversion takes by itself.</summary>
    internal static Result<T> Of(T value) => new(value, []);

    public static implicit operator Result<T>(T value) => new(value, []);

    public static implicit operator Result<T>(Rejection rejection) => new(default, [rejection]);

    public static implicit operator Result<T>(List<Rejection> rejections) =>
        new(default, rejections);
}
