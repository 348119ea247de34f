module github.com/weaveworks/weave

go 1.16
