"""YAML on disk -> an edition, a profile, the section types; what is wrong with them as problems, each with its place.

`read` reads an issue, `profile` the standing facts, `types` the section types, and `schema` tells an editor what may
stand where. Between the YAML (`source`) and the frozen nouns stand models of pydantic, made from the section types
(`models`, `values`); what they refuse is said in plain words (`messages`). pydantic is imported nowhere else.
`adopt` is a room of its own: what was written before -> issue files.
"""
