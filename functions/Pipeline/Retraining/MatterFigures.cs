namespace OpinionPipeline.Pipeline.Retraining;

/// <summary>What people's merges and splits came to in a training.</summary>
/// <param name="Issues">Issues that people have merged or split; one and what was split off it count once.</param>
/// <param name="Pairs">Pairs of submissions drawn from them.</param>
/// <param name="Same">Those of them that people left or put together.</param>
/// <param name="Test">Whether learning them pays; null where there are too few issues to say so.</param>
public sealed record MatterFigures(int Issues, int Pairs, int Same, MatterTest? Test);

/// <summary>
/// How well pairs are told apart that a model was not taught, cross-validated: with the county's decisions, and by what
/// comes with the program alone.
/// </summary>
/// <param name="Right">Share of an issue's pairs that is right with them, the mean of the county's issues, 0 to 1.</param>
/// <param name="RightShipped">The same without.</param>
/// <param name="Low">Lower end of the difference's 95% interval; issues are resampled, as pairs of one hang together.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Elsewhere">Share of the pairs that come with the program that is right with them.</param>
/// <param name="ElsewhereShipped">The same without.</param>
/// <param name="Taken">True where it is better for the county by more than noise, and elsewhere not worse.</param>
public sealed record MatterTest(
    double Right,
    double RightShipped,
    double Low,
    double High,
    double Elsewhere,
    double ElsewhereShipped,
    bool Taken
);
