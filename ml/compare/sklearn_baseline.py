"""Measures scikit-learn and fastText on the same files that the trainer was measured on, in one run.

Usage: python3 ml/compare/sklearn_baseline.py TRAIN.csv TEST.csv [MODEL.zip]
       python3 ml/compare/sklearn_baseline.py --folds COUNT SEED DATA.csv
Columns: title, body (or text), label. With MODEL.zip (trained on TRAIN.csv) the trainer's own measures come first.
With --folds the trainer's model and LinearSVC are trained and measured fold by fold; the last line is their difference.
Prints one line of JSON for each. Needs python3-sklearn for LinearSVC, the program fasttext for fastText and the .NET SDK
for the model (Debian: apt-get install python3-sklearn fasttext); says which it misses and measures the others.
"""

import csv
import json
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(r["title"], r.get("body") or r.get("text") or "") for r in rows], [r["label"] for r in rows]


def measures(name, truth, predicted, trained, took):
    labels = sorted(set(truth))
    f1 = []
    for label in labels:
        hits = sum(t == p == label for t, p in zip(truth, predicted))
        f1.append(2 * hits / (truth.count(label) + predicted.count(label)) if hits else 0)
    right = sum(t == p for t, p in zip(truth, predicted))
    return {
        "model": name,
        "documents": len(truth),
        "macroF1": round(sum(f1) / len(f1), 4),
        "accuracy": round(right / len(truth), 4),
        "documentsPerSecond": round(len(truth) / took),
        "trainingSeconds": round(trained, 1),
    }


def svc(name, by_field, train, test):
    try:
        from scipy.sparse import hstack
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.svm import LinearSVC
    except ImportError:
        return {"model": name, "missing": "python3-sklearn"}

    def fields(texts):
        return [[t for t, _ in texts], [b for _, b in texts]] if by_field else [[f"{t} {b}" for t, b in texts]]

    (texts, labels), (unseen, truth) = train, test
    started = time.perf_counter()
    tfidf = [
        TfidfVectorizer(analyzer="char", ngram_range=(1, 3 if by_field else 2), sublinear_tf=True, min_df=2)
        for _ in fields(texts)
    ]
    model = LinearSVC()
    model.fit(hstack([v.fit_transform(f) for v, f in zip(tfidf, fields(texts))]).tocsr(), labels)
    trained = time.perf_counter()
    predicted = model.predict(hstack([v.transform(f) for v, f in zip(tfidf, fields(unseen))]).tocsr())
    return measures(name, truth, list(predicted), trained - started, time.perf_counter() - trained)


def fasttext(train, test):
    name = "fastText, characters, pairs"
    if not shutil.which("fasttext"):
        return {"model": name, "missing": "the program fasttext"}
    (texts, labels), (unseen, truth) = train, test
    names = sorted(set(labels))

    def line(title, body):
        return " ".join("".join((title + body).split()))

    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        (work / "train").write_text(
            "".join(f"__label__{names.index(l)} {line(*t)}\n" for t, l in zip(texts, labels)), encoding="utf-8"
        )
        (work / "test").write_text("".join(line(*t) + "\n" for t in unseen), encoding="utf-8")
        started = time.perf_counter()
        settings = "-wordNgrams 2 -minCount 2 -epoch 25 -lr 0.5 -dim 100 -thread 2".split()
        subprocess.run(
            ["fasttext", "supervised", "-input", work / "train", "-output", work / "model", *settings],
            check=True,
            capture_output=True,
        )
        trained = time.perf_counter()
        answer = subprocess.run(
            ["fasttext", "predict", work / "model.bin", work / "test"], check=True, capture_output=True, text=True
        )
        took = time.perf_counter() - trained
    predicted = [names[int(l.removeprefix("__label__"))] for l in answer.stdout.split()]
    return measures(name, truth, predicted, trained - started, took)


def own(model, test):
    name = "this"
    if not shutil.which("dotnet"):
        return {"model": name, "missing": "the .NET SDK"}
    command = ["dotnet", "run", "-c", "Release", "--project", ROOT / "ml/Trainer", "--"]
    command += ["evaluate", "--model", model, "--data", test, "--json"]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    kept = ("documents", "macroF1", "accuracy", "documentsPerSecond", "singlyPerSecond", "ece", "decided", "decidedAccuracy")
    return {"model": name} | {k: answer[k] for k in kept}


# Drawn at random, each label in all folds alike.
def folds(count, seed, data):
    with open(data, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    random.Random(seed).shuffle(rows)
    rows.sort(key=lambda r: r["label"])
    ahead = []
    with tempfile.TemporaryDirectory() as folder:
        train, test, model = (str(pathlib.Path(folder, n)) for n in ("train.csv", "test.csv", "m.zip"))
        for fold in range(count):
            for path, inside in ((train, False), (test, True)):
                with open(path, "w", encoding="utf-8", newline="") as file:
                    writer = csv.DictWriter(file, rows[0])
                    writer.writeheader()
                    writer.writerows(r for i, r in enumerate(rows) if (i % count == fold) == inside)
            command = ["dotnet", "run", "-c", "Release", "--project", ROOT / "ml/Trainer", "--"]
            subprocess.run(command + ["train", "--data", train, "--out", model], check=True, capture_output=True)
            pair = own(model, test), svc("LinearSVC, title and text apart, 1-3 characters", True, read(train), read(test))
            for answer in pair:
                print(json.dumps(answer, ensure_ascii=False), flush=True)
            ahead.append(pair[0]["macroF1"] - pair[1]["macroF1"])
    print(json.dumps({"ahead": round(statistics.mean(ahead), 4), "deviation": round(statistics.stdev(ahead), 4)}))


def main(train, test, model=None):
    if model:
        print(json.dumps(own(model, test), ensure_ascii=False), flush=True)
    train, test = read(train), read(test)
    for answer in (
        lambda: svc("LinearSVC, one text, 1-2 characters", False, train, test),
        lambda: svc("LinearSVC, title and text apart, 1-3 characters", True, train, test),
        lambda: fasttext(train, test),
    ):
        print(json.dumps(answer(), ensure_ascii=False), flush=True)


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "--folds":
        folds(int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
    elif len(sys.argv) in (3, 4):
        main(*sys.argv[1:])
    else:
        sys.exit(__doc__)
