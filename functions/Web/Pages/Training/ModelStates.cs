using OpinionPipeline.Pipeline.Retraining;
using OpinionPipeline.Web.Components;

namespace OpinionPipeline.Web.Pages.Training;

/// <summary>Where a model version stands, in words.</summary>
internal static class ModelStates
{
    public static (Tone Tone, string Zh, string En) Of(ModelStatus status) =>
        status switch
        {
            ModelStatus.Queued => (Tone.Info, "等待训练", "queued"),
            ModelStatus.Training => (Tone.Info, "训练中", "training"),
            ModelStatus.Evaluating => (Tone.Info, "评测中", "evaluating"),
            ModelStatus.Ready => (Tone.Ok, "可用", "ready"),
            ModelStatus.Cancelled => (Tone.Plain, "已取消", "cancelled"),
            _ => (Tone.Bad, "失败", "failed"),
        };
}
