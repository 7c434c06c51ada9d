using OpinionPipeline.Pipeline.County;

namespace OpinionPipeline.Pipeline.Tests.County;

public sealed class CategoryMapTests
{
    private static readonly DateTimeOffset Before = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset After = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly NewYear = new(2027, 1, 1);

    private static readonly CountyDirectory Today = new(
        [
            new("01", 1, null, "城乡建设", "Construction"),
            new("0101", 2, "01", "安全生产", "Work safety"),
            new("04", 1, null, "教育体育", "Education and sport"),
            new("12", 1, null, "经济管理", "Economy"),
            new("16", 1, null, "住房", "Housing"),
            new("17", 1, null, "养老", "Care"),
        ],
        [new("O01", "办公室", "Office")],
        [],
        [],
        [],
        new Dictionary<string, string>()
    );

    private static CategoryMap Map(params CategoryChange[] changes) => new(Today, changes);

    [Fact]
    public void A_renamed_category_keeps_its_labels_under_either_name()
    {
        var map = Map(new CategoryChange("04", "教育文体", ["04"], NewYear, ""));
        Assert.Equal("04", map.Today("教育文体", Before));
        Assert.Equal("04", map.Today("04", Before));
        Assert.Equal("教育体育", map.TodaysLabel("教育文体", null));
    }

    [Fact]
    public void A_merged_category_is_read_as_the_other_and_so_are_those_below_it()
    {
        var map = Map(new CategoryChange("07", "商贸旅游", ["12"], NewYear, ""));
        Assert.Equal("12", map.Today("0702", Before));
        Assert.Equal("经济管理", map.TodaysLabel("商贸旅游", null));
    }

    [Fact]
    public void Labels_of_a_split_category_go_back_to_review_unless_given_in_the_new_words()
    {
        var map = Map(new CategoryChange("01", "城乡建设", ["01", "16"], NewYear, ""));
        Assert.Null(map.Today("01", Before));
        Assert.Null(map.Today("0101", Before));
        Assert.Equal("01", map.Today("01", After));
        Assert.Equal("16", map.Today("16", After));
        // The seeds' files are kept by hand, in the words of today.
        Assert.Equal("城乡建设", map.TodaysLabel("城乡建设", null));
    }

    [Fact]
    public void Changes_follow_one_another()
    {
        var map = Map(
            new CategoryChange("08", "旧类", ["07"], NewYear, ""),
            new CategoryChange("07", "商贸旅游", ["12"], NewYear.AddYears(1), "")
        );
        Assert.Equal("12", map.Today("08", Before));
        Assert.Equal("12", map.Today("07", After));
    }

    [Fact]
    public void A_new_category_needs_no_change() => Assert.Equal("17", Map().Today("养老", After));

    [Fact]
    public void A_change_that_contradicts_the_taxonomy_is_refused_by_name()
    {
        var unknown = Assert.Throws<InvalidDataException>(() =>
            Map(new CategoryChange("07", "商贸旅游", ["99"], NewYear, ""))
        );
        Assert.Contains("99", unknown.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() =>
            Map(new CategoryChange("16", "住房", ["12"], NewYear, ""))
        );
    }
}
