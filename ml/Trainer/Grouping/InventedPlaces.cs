using System.Text;
using OpinionPipeline.Text;

namespace OpinionPipeline.Trainer.Grouping;

/// <summary>Names of places that are nowhere, and texts moved there.</summary>
internal static class InventedPlaces
{
    private const string Characters =
        "青石柳溪红旗白塔松林云台金沙龙潭杨桥东西南北上下大小新老梅竹兰桂荷莲泉坪坝岭湾洲渡关营堡";

    private static readonly string[] Kinds =
    [
        "村",
        "社区",
        "小区",
        "路",
        "桥",
        "小学",
        "市场",
        "花园",
    ];

    private static readonly PlaceFinder Any = new([]);

    /// <summary>A village, road, school … of two or three characters and its kind.</summary>
    public static string Name(Random random)
    {
        var name = new StringBuilder();
        for (var left = 2 + random.Next(2); left > 0; left--)
            name.Append(Characters[random.Next(Characters.Length)]);
        return name.Append(Kinds[random.Next(Kinds.Length)]).ToString();
    }

    /// <summary>The text with this place where it names a village or finer; with none, an empty one.</summary>
    public static string Move(string text, string place)
    {
        var moved = new StringBuilder();
        var from = 0;
        foreach (var mention in Any.Find(text).Where(m => m.Level >= PlaceLevel.Village))
        {
            moved.Append(text, from, mention.Start - from).Append(place);
            from = mention.Start + mention.Length;
        }
        return moved.Append(text, from, text.Length - from).ToString();
    }
}
