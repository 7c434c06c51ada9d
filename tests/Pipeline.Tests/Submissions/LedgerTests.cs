using System.Text;
using OpinionPipeline.Pipeline.Submissions.Reading;

namespace OpinionPipeline.Pipeline.Tests.Submissions;

public sealed class LedgerTests
{
    private static async Task<(List<Row> Rows, SubmissionFile File)> ReadAsync(string csv)
    {
        var file = new SubmissionFile(
            new MemoryStream(Encoding.UTF8.GetBytes(csv)),
            new ReadingLimits(),
            new DateOnly(2026, 3, 10)
        );
        var rows = new List<Row>();
        await foreach (var row in file.RowsAsync(TestContext.Current.CancellationToken))
            rows.Add(row);
        return (rows, file);
    }

    [Fact]
    public async Task The_offices_own_ledger_is_read_as_it_is()
    {
        var (rows, file) = await ReadAsync(
            """
            2025年社情民意信息台账,,,,,,
            序号,来稿时间,姓名,界别,信息标题,采用情况,
            ,,,,,区政协,市政协
            1,5月,"张三、李四
            王五",农业,关于修复柳溪渠的建议,采用,
            2,6月12日,赵六,教育,关于校门口设护栏的建议,,采用
            """
        );
        Assert.All(rows, r => Assert.Empty(r.Rejections));
        Assert.Equal(2, rows.Count);
        Assert.Equal(new DateTime(2025, 5, 1), rows[0].Submission!.SaidAt!.Value.DateTime);
        Assert.Equal(new DateTime(2025, 6, 12), rows[1].Submission!.SaidAt!.Value.DateTime);
        Assert.Equal("张三、李四、王五", rows[0].Submission!.Reporter!.Name);
        Assert.Equal("关于修复柳溪渠的建议", rows[0].Submission!.Body);
        Assert.Contains(file.Notices, n => n.Field == "界别");
        Assert.Contains(file.Notices, n => n.Field == "市政协");
    }

    [Fact]
    public async Task A_month_without_a_year_is_the_last_one_that_has_been_and_the_sender_is_told()
    {
        var (rows, file) = await ReadAsync(
            "标题,内容,时间\n路,路坏了要修,5月\n桥,桥坏了要修,2月\n"
        );
        Assert.Equal(2025, rows[0].Submission!.SaidAt!.Value.Year);
        Assert.Equal(2025, rows[1].Submission!.SaidAt!.Value.Year);
        Assert.Single(file.Notices, n => n.Code == "time.yearGuessed");
    }
}
