module example.com/lura

go 1.25.0

require github.com/luraproject/lura/v2 v2.10.0

require golang.org/x/text v0.23.0 // indirect
