package io.weir.sink.storage;

import com.sun.net.httpserver.HttpServer;
import io.weir.lake.table.LakeCatalog;
import io.weir.sink.Lake;
import io.weir.testkit.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.catalog.Catalog;

/** Starts other places for the tables of a lake than a local folder. */
public final class Storage {
  private Storage() {}

  /** An S3 server; the lake lives in its bucket. */
  public static ServerProcess s3(Lake lake, Path folder) {
    int port = FreePort.next();
    try {
      Files.createDirectories(folder.resolve("buckets/lake" + port));
      Path settings =
          Files.writeString(
              folder.resolve("s3proxy.properties"),
              """
              s3proxy.endpoint=http://127.0.0.1:%d
              s3proxy.authorization=aws-v2-or-v4
              s3proxy.identity=key
              s3proxy.credential=secret
              jclouds.provider=filesystem-nio2
              jclouds.filesystem.basedir=%s
              """
                  .formatted(port, folder.resolve("buckets")));
      var server =
          new ServerProcess(
              folder,
              () -> ServerProcess.answers(port),
              "org.gaul.s3proxy.Main",
              List.of("--properties", settings.toString()));
      lake.set("WEIR_SINK_WAREHOUSE", "s3://lake" + port + "/weir");
      lake.set("WEIR_SINK_HADOOP_FS_S3A_ENDPOINT", "http://127.0.0.1:" + port);
      lake.set("WEIR_SINK_HADOOP_FS_S3A_ENDPOINT_REGION", "us-east-1");
      lake.set("WEIR_SINK_HADOOP_FS_S3A_PATH_STYLE_ACCESS", "true");
      lake.set("WEIR_SINK_HADOOP_FS_S3A_ACCESS_KEY", "key");
      lake.set("WEIR_SINK_HADOOP_FS_S3A_SECRET_KEY", "secret");
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A name node and a data node. */
  static ServerProcess hdfs(Lake lake, Path folder) {
    int port = FreePort.next();
    Path started = folder.resolve("started.json");
    var server =
        new ServerProcess(
            folder,
            () -> Files.exists(started),
            "org.apache.hadoop.mapreduce.MiniHadoopClusterManager",
            List.of(
                "-nomr",
                "-format",
                "-datanodes",
                "1",
                "-nnport",
                Integer.toString(port),
                "-writeDetails",
                started.toString(),
                "-D",
                "hdfs.minidfs.basedir=" + folder.resolve("hdfs")));
    lake.set("WEIR_SINK_WAREHOUSE", "hdfs://127.0.0.1:" + port + "/weir");
    return server;
  }

  /** A REST catalog in front of the lake's own database and folder. */
  static AutoCloseable rest(Lake lake) {
    Catalog behind = LakeCatalog.connect(lake.location());
    HttpServer server = RestCatalogServer.start(behind);
    lake.set("WEIR_SINK_CATALOG", "rest");
    lake.set("WEIR_SINK_CATALOG_URI", "http://127.0.0.1:" + server.getAddress().getPort());
    lake.set("WEIR_SINK_CATALOG_REST__METRICS__REPORTING__ENABLED", "false");
    return () -> {
      server.stop(0);
      LakeCatalog.close(behind);
    };
  }
}
