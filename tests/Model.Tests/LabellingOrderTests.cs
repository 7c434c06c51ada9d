using OpinionPipeline.Model;

namespace OpinionPipeline.Model.Tests;

public sealed class LabellingOrderTests
{
    [Fact]
    public void The_least_sure_come_first_and_no_near_copy_comes_twice()
    {
        var lamp = "纺织路从菜场到幼儿园这段路灯坏了快一个月，晚上接孩子黑灯瞎火的，请尽快修。";
        Unlabelled[] texts =
        [
            new("工资", "工地拖欠工资半年，二十多个人一分钱都没有拿到，快过年了。", 0.9),
            new("路灯不亮", lamp, 0.3),
            new("路灯不亮", lamp + "！！", 0.1),
            new("补课", "高中每周只放半天假，周六周日全天上课还收钱，请教育部门管管。", 0.2),
        ];
        Assert.Equal([2, 3, 0], LabellingOrder.Choose(texts, 10));
        Assert.Equal([2], LabellingOrder.Choose(texts, 1));
    }

    [Fact]
    public void Equally_sure_ones_keep_their_order() =>
        Assert.Equal(
            [0, 1, 2],
            LabellingOrder.Choose(
                [.. Samples.Texts.Take(3).Select(t => new Unlabelled(t.Title, "", 0))],
                3
            )
        );
}
