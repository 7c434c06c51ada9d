namespace OpinionPipeline.Pipeline.Photos;

/// <summary>A photo with a submission. Who is in it is nobody's business: it is shown, and never read by a machine.</summary>
/// <param name="Name">Follows from its content: the same picture twice is one.</param>
/// <param name="Until">The moment from which it is gone, as what is private with the submission.</param>
/// <param name="Removed">True once a person has removed it: sent again it does not come back.</param>
public sealed record Photo(string Name, DateTimeOffset Until, bool Removed = false);
