namespace OpinionPipeline.CosmosStandIn;

/// <summary>
/// Request units by the documented figures: a point read of 1 KB costs 1.00, of 64 KB 4.76; a write of 1 KB 4.95, of 2 KB
/// 6.29, of 64 KB 22.67 (learn.microsoft.com, "Request Units in Azure Cosmos DB" and its capacity planner). Between these
/// sizes a straight line. A patch or delete costs as the write. Strong and bounded reads cost twice.
/// What a query costs is documented by example only (2.3 to 2.9 units for one document by an index): here 2.3 for the
/// look-up and, for what it loads, the point read's price of each further kilobyte, plus 0.05 a document.
/// </summary>
public static class Charges
{
    public static double Read(int bytes) => 1 + Math.Max(0, Kilobytes(bytes) - 1) * (3.76 / 63);

    public static double Write(int bytes)
    {
        var size = Kilobytes(bytes);
        return size <= 2
            ? 4.95 + Math.Max(0, size - 1) * 1.34
            : 6.29 + (size - 2) * ((22.67 - 6.29) / 62);
    }

    public static double Query(int documents, int bytes) =>
        2.3 + documents * 0.05 + Kilobytes(bytes) * (3.76 / 63);

    private static double Kilobytes(int bytes) => bytes / 1024.0;
}
