"""The actions of a candidature taken from a file: the model to fill, and what is read of it.

`columns` says what a file holds, `cells` what a cell means, `model` draws the file to fill, `lines`
reads one, `judging` puts each line to the form by which an action is typed, `preview` says what
would be added, and `sealing` hands that to the person, who hands it back to confirm.
"""
