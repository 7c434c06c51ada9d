namespace OpinionPipeline.Model.Tests;

/// <summary>Fifteen texts of three labels, and a model of them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly LabelledText[] Texts =
    [
        .. new[] { "路灯坏了", "小区物业收费", "电梯困人", "安置房延期", "违章建筑" }.Select(
            t => new LabelledText(t, $"{t}，希望住建部门处理", "城乡建设")
        ),
        .. new[] { "拖欠工资", "不交社保", "退休金少算", "加班没有工资", "劳动合同" }.Select(
            t => new LabelledText(t, $"{t}，希望人社部门处理", "劳动和社会保障")
        ),
        .. new[] { "学校补课", "幼儿园学位", "教辅收费", "代课老师", "中考报名" }.Select(
            t => new LabelledText(t, $"{t}，希望教育部门处理", "教育文体")
        ),
    ];

    public static TextClassifier Train() =>
        ClassifierTrainer.Train(
            Texts,
            new TrainingOptions { Folds = 2 },
            Now,
            null,
            CancellationToken.None
        );
}
