using System.CommandLine;
using OpinionPipeline.Local;
using OpinionPipeline.Local.Verbs;

var host = new LocalHost();
var root = new RootCommand(
    "OpinionPipeline on one machine: store, queue and pages in one process."
);
host.Add(root);
Serve.Add(root, host);
Run.Add(root, host);
WorkVerb.Add(root, host);
KeysVerb.Add(root, host);
BackupVerb.Add(root, host);
Verify.Add(root, host);

try
{
    return await root.Parse(args)
        .InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException e)
{
    // Ended by whoever started it, as a shell says it: 128 and the number of the signal.
    await Console.Error.WriteLineAsync(e.Message);
    return 130;
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
