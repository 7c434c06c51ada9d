using System.CommandLine;
using OpinionPipeline.Local.Verbs;

var data = new Option<string>("--data")
{
    Description = "The data folder.",
    DefaultValueFactory = _ => ".data",
    Recursive = true,
};

var root = new RootCommand(
    "OpinionPipeline on one machine: store, queue and pages in one process."
);
root.Options.Add(data);
Serve.Add(root, data);
Run.Add(root, data);
KeysVerb.Add(root, data);
BackupVerb.Add(root, data);
Verify.Add(root, data);

try
{
    return await root.Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e)
    when (e
            is InvalidOperationException
                or InvalidDataException
                or IOException
                or ArgumentException
                or UnauthorizedAccessException
    )
{
    // Expected faults of the machine or of what was asked: a line, not a stack.
    await Console.Error.WriteLineAsync(e.Message);
    return 2;
}
