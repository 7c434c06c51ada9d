"""Measures scikit-learn's character n-gram LinearSVC on the same files that the trainer was measured on.

Usage: python3 ml/compare/sklearn_baseline.py TRAIN.csv TEST.csv
Columns: title, body (or text), label. Prints the measures as JSON.
"""

import csv
import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    texts = [f"{r['title']} {r.get('body') or r.get('text') or ''}" for r in rows]
    return texts, [r["label"] for r in rows]


def main(train, test):
    texts, labels = read(train)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LinearSVC(),
    )
    started = time.perf_counter()
    model.fit(texts, labels)
    trained = time.perf_counter()
    texts, truth = read(test)
    predicted = model.predict(texts)
    done = time.perf_counter()
    present = sorted(set(truth))
    print(
        json.dumps(
            {
                "documents": len(texts),
                "macroF1": round(f1_score(truth, predicted, average="macro", labels=present), 4),
                "accuracy": round(accuracy_score(truth, predicted), 4),
                "documentsPerSecond": round(len(texts) / (done - trained)),
                "trainingSeconds": round(trained - started, 1),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
