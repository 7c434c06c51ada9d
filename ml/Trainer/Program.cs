using System.CommandLine;
using OpinionPipeline.Trainer.Verbs;

var root = new RootCommand("Trains and measures the classifier, and groups files of submissions.");
Train.Add(root);
Evaluate.Add(root);
Predict.Add(root);
Split.Add(root);
Curve.Add(root);
Group.Add(root);
Pairs.Add(root);
Scale.Add(root);

try
{
    return await root.Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
