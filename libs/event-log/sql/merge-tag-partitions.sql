select merge_tag_partitions() as merged
